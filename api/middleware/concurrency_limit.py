"""A limit on requests in progress at once: one too many is refused at once rather than slowing all others."""

from http import HTTPStatus

from starlette.types import ASGIApp, Receive, Scope, Send

from api.middleware.exempt_paths import is_limited
from api.middleware.path_prefix import path_within
from api.problems import problem

_RETRY_SECONDS = 2


class ConcurrencyLimit:
    """Answers 503 with Retry-After beyond `limit` requests in this process; a stream counts until it ends."""

    def __init__(self, app: ASGIApp, limit: int, exempt: frozenset[str] = frozenset()) -> None:
        """`exempt` are further paths without a limit, such as those that call the service's own routes."""
        self._app = app
        self._limit = limit
        self._exempt = exempt
        self._active = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if not is_limited(scope) or path_within(scope) in self._exempt:
            await self._app(scope, receive, send)
            return
        if self._active >= self._limit:
            detail = f"{self._limit} requests are being served already; try again in {_RETRY_SECONDS} seconds"
            await problem(HTTPStatus.SERVICE_UNAVAILABLE, detail, _RETRY_SECONDS)(scope, receive, send)
            return
        self._active += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._active -= 1
