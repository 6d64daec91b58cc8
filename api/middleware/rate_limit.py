"""A limit on the requests of one key in a period; without keys, of one client address."""

import hashlib
import math
import time
from collections.abc import Sequence
from http import HTTPStatus
from typing import Self

from limits import RateLimitItem, parse
from limits.aio.storage import Storage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from limits.errors import ConfigurationError
from limits.storage import storage_from_string
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.auth.gate import COOKIE
from api.middleware.exempt_paths import is_limited
from api.middleware.path_prefix import path_within
from api.problems import problem
from rag.errors import BadInput, CablesError

_REFUSED_KEYS = parse("30/minute")


class TooManyRequests(CablesError):
    """A sender has used up a limit; it may try again after `seconds`."""

    retryable = True

    def __init__(self, limit: RateLimitItem, seconds: int) -> None:
        super().__init__(f"more than {limit}; try again in {seconds} seconds")
        self.seconds = seconds


class RateLimiter:
    """Counts requests by key, and refused keys by address, so that guessing keys is slow."""

    def __init__(self, limits: Sequence[RateLimitItem], storage: Storage) -> None:
        self._limits = limits
        self._window = SlidingWindowCounterRateLimiter(storage)

    @classmethod
    def parse(cls, limit: str, storage: str) -> Self:
        """`limit` like `600/minute`, several separated by `;`; `storage` is an address of the limits library.

        Raises:
            BadInput: one of them cannot be read.
        """
        try:
            limits = [parse(item) for item in limit.split(";")]
            opened = storage_from_string(storage if storage.startswith("async+") else f"async+{storage}")
        except (ValueError, ConfigurationError, ImportError) as error:
            raise BadInput(
                f"CABLES_RATE_LIMIT={limit!r} or CABLES_RATE_LIMIT_STORAGE={storage!r} cannot be used ({error}); "
                "write them like 600/minute and redis://host:6379"
            ) from error
        assert isinstance(opened, Storage)  # noqa: S101 - an async+ address opens one
        return cls(limits, opened)

    async def count(self, connection: HTTPConnection) -> None:
        """Count one request.

        Raises:
            TooManyRequests: it is over a limit.
        """
        address, sender = _address(connection), _sender(connection)
        if not await self._window.test(_REFUSED_KEYS, "refused", address):
            raise await self._too_many(_REFUSED_KEYS, "refused", address)
        for limit in self._limits:
            if not await self._window.hit(limit, "key", sender):
                raise await self._too_many(limit, "key", sender)

    async def count_refused_key(self, connection: HTTPConnection) -> None:
        """Count a key that is not known."""
        await self._window.hit(_REFUSED_KEYS, "refused", _address(connection))

    async def _too_many(self, limit: RateLimitItem, *identifiers: str) -> TooManyRequests:
        reset = (await self._window.get_window_stats(limit, *identifiers)).reset_time
        return TooManyRequests(limit, max(1, math.ceil(reset - time.time())))


class RateLimit:
    """Answers 429 with Retry-After."""

    def __init__(self, app: ASGIApp, limiter: RateLimiter, exempt: frozenset[str] = frozenset()) -> None:
        """`exempt` are further paths without a limit, such as those that authenticate senders in another way."""
        self._app = app
        self._limiter = limiter
        self._exempt = exempt

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if not is_limited(scope) or path_within(scope) in self._exempt:
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        try:
            await self._limiter.count(connection)
        except TooManyRequests as error:
            await problem(HTTPStatus.TOO_MANY_REQUESTS, str(error), error.seconds)(scope, receive, send)
            return

        async def send_counting_refusals(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == HTTPStatus.UNAUTHORIZED:
                await self._limiter.count_refused_key(connection)
            await send(message)

        await self._app(scope, receive, send_counting_refusals)


def _address(connection: HTTPConnection) -> str:
    return connection.client.host if connection.client else "unknown"


def _sender(connection: HTTPConnection) -> str:
    """The key, by its hash: keys are not kept in a limiter's storage."""
    key = connection.headers.get("authorization") or connection.cookies.get(COOKIE)
    return hashlib.sha256(key.encode()).hexdigest() if key else _address(connection)
