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
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.edge.paths import is_work
from api.http.problems import problem
from rag.errors import BadInput

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


class Rate:
    """Answers 429 with Retry-After. Refused keys are counted by address, so that guessing keys is slow."""

    def __init__(self, app: ASGIApp, allowance: "Allowance") -> None:
        self._app = app
        self._limits = allowance.limits
        self._window = SlidingWindowCounterRateLimiter(allowance.storage)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if not is_work(scope):
            await self._app(scope, receive, send)
            return
        address, caller = _address(scope), _caller(scope)
        if not await self._window.test(_FAILURES, "refused", address):
            await (await self._refusal(_FAILURES, "refused", address))(scope, receive, send)
            return
        for limit in self._limits:
            if not await self._window.hit(limit, "key", caller):
                await (await self._refusal(limit, "key", caller))(scope, receive, send)
                return

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == HTTPStatus.UNAUTHORIZED:
                await self._window.hit(_FAILURES, "refused", address)
            await send(message)

        await self._app(scope, receive, watched)

    async def _refusal(self, limit: RateLimitItem, *identifiers: str) -> ASGIApp:
        reset = (await self._window.get_window_stats(limit, *identifiers)).reset_time
        seconds = max(1, math.ceil(reset - time.time()))
        answer = problem(HTTPStatus.TOO_MANY_REQUESTS, f"more than {limit}; try again in {seconds} seconds")
        answer.headers["retry-after"] = str(seconds)
        return answer


def _address(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else "unknown"


def _caller(scope: Scope) -> str:
    """The key, by its hash: keys are not kept in a limiter's storage."""
    given = Headers(scope=scope).get("authorization")
    return _address(scope) if given is None else hashlib.sha256(given.encode()).hexdigest()
