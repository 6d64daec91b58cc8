"""A limit on requests at work at once: one too many is told at once to come back, rather than slowing all."""

from http import HTTPStatus

from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.edge.paths import is_work
from api.http.problems import problem

_COME_BACK_SECONDS = 2


class Crowd:
    """Answers 503 with Retry-After beyond `most` requests in this process; a stream counts until it ends."""

    def __init__(self, app: ASGIApp, most: int, passed: frozenset[str] = frozenset()) -> None:
        """`passed` are paths that are let through, because what they do comes by here again."""
        self._app = app
        self._most = most
        self._passed = passed
        self._inside = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if not is_work(scope) or scope["path"] in self._passed:
            await self._app(scope, receive, send)
            return
        if self._inside >= self._most:
            detail = f"{self._most} requests are being served already; try again in {_COME_BACK_SECONDS} seconds"
            busy = problem(HTTPStatus.SERVICE_UNAVAILABLE, detail)
            busy.headers["retry-after"] = str(_COME_BACK_SECONDS)
            await busy(scope, receive, send)
            return
        self._inside += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._inside -= 1
