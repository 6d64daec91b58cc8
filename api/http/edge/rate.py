"""A limit on requests a key may make in a while; without keys, a client address."""

import hashlib
import math
import time
from dataclasses import dataclass
from http import HTTPStatus

from limits import RateLimitItem, parse
from limits.aio.storage import Storage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from limits.errors import ConfigurationError
from limits.storage import storage_from_string
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.gate import COOKIE
from api.http.edge.paths import is_work
from api.http.problems import problem
from rag.errors import BadInput, CablesError

_FAILURES = parse("30/minute")


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many requests a caller may make, and where they are counted."""

    limits: tuple[RateLimitItem, ...]
    storage: Storage

    @classmethod
    def of(cls, limit: str, storage: str) -> "Allowance":
        """`limit` like `600/minute`, several with `;` between them; `storage` as the limits library has it.

        Raises:
            BadInput: one of them cannot be read.
        """
        try:
            limits = tuple(parse(each) for each in limit.split(";"))
            opened = storage_from_string(storage if storage.startswith("async+") else f"async+{storage}")
        except (ValueError, ConfigurationError, ImportError) as error:
            raise BadInput(
                f"CABLES_RATE_LIMIT={limit!r} or CABLES_RATE_LIMIT_STORAGE={storage!r} cannot be used ({error}); "
                "write them like 600/minute and redis://host:6379"
            ) from error
        assert isinstance(opened, Storage)  # noqa: S101 - async+ was asked for
        return cls(limits, opened)


class TooManyRequests(CablesError):
    """A caller has used up a limit; `seconds` is when to come back."""

    retryable = True

    def __init__(self, limit: RateLimitItem, seconds: int) -> None:
        super().__init__(f"more than {limit}; try again in {seconds} seconds")
        self.seconds = seconds


class Callers:
    """What each caller has asked for lately. Refused keys are counted by address, so that guessing keys is slow."""

    def __init__(self, allowance: Allowance) -> None:
        self._limits = allowance.limits
        self._window = SlidingWindowCounterRateLimiter(allowance.storage)

    async def count(self, connection: HTTPConnection) -> None:
        """Count one request.

        Raises:
            TooManyRequests: there is to be none.
        """
        address, caller = _address(connection), _caller(connection)
        if not await self._window.test(_FAILURES, "refused", address):
            raise await self._too_many(_FAILURES, "refused", address)
        for limit in self._limits:
            if not await self._window.hit(limit, "key", caller):
                raise await self._too_many(limit, "key", caller)

    async def count_refusal(self, connection: HTTPConnection) -> None:
        """Count a key that was not known."""
        await self._window.hit(_FAILURES, "refused", _address(connection))

    async def _too_many(self, limit: RateLimitItem, *identifiers: str) -> TooManyRequests:
        reset = (await self._window.get_window_stats(limit, *identifiers)).reset_time
        return TooManyRequests(limit, max(1, math.ceil(reset - time.time())))


class Rate:
    """Answers 429 with Retry-After."""

    def __init__(self, app: ASGIApp, callers: Callers, passed: frozenset[str] = frozenset()) -> None:
        """`passed` are paths that are let through, because they know their callers otherwise."""
        self._app = app
        self._callers = callers
        self._passed = passed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if not is_work(scope) or scope["path"] in self._passed:
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        try:
            await self._callers.count(connection)
        except TooManyRequests as refused:
            answer = problem(HTTPStatus.TOO_MANY_REQUESTS, str(refused))
            answer.headers["retry-after"] = str(refused.seconds)
            await answer(scope, receive, send)
            return

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == HTTPStatus.UNAUTHORIZED:
                await self._callers.count_refusal(connection)
            await send(message)

        await self._app(scope, receive, watched)


def _address(connection: HTTPConnection) -> str:
    return connection.client.host if connection.client else "unknown"


def _caller(connection: HTTPConnection) -> str:
    """The key, by its hash: keys are not kept in a limiter's storage."""
    given = connection.headers.get("authorization") or connection.cookies.get(COOKIE)
    return hashlib.sha256(given.encode()).hexdigest() if given else _address(connection)
