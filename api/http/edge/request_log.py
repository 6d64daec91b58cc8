"""A request id, a log line and a measurement for each request, and an answer for what nobody caught."""

import logging
import re
import secrets
import time
from contextvars import ContextVar
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.problems import problem
from api.metrics import Metrics

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
"""Id of the request being served, for everything that is logged on its behalf."""

_log = logging.getLogger("cables.requests")
_GIVEN = re.compile(r"[\w.\-]{1,64}", re.ASCII)
_HEADER = "x-request-id"
_GONE = 499  # as web servers log a client that left


class RequestLog:
    """Logs method, path, status and duration; never the query string, a body or a header: they hold what is asked."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get(_HEADER, "")
        name = given if _GIVEN.fullmatch(given) else secrets.token_hex(8)
        token = request_id.set(name)
        started, status = time.perf_counter(), 0

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[_HEADER] = name
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except ClientDisconnect:
            status = status or _GONE
        except Exception:
            _log.exception("unexpected error")
            if status:  # too late for another answer: the connection is closed instead
                raise
            await _unexpected(name)(scope, receive, noted)
        finally:
            self._note(scope, status, time.perf_counter() - started)
            request_id.reset(token)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        self._metrics.requested(scope["method"], _route(scope), status, seconds)
        _log.info(
            "request",
            extra={
                "fields": {
                    "method": scope["method"],
                    "path": scope["path"],
                    "status": status,
                    "ms": round(seconds * 1000, 1),
                }
            },
        )


def _unexpected(name: str) -> ASGIApp:
    return problem(
        HTTPStatus.INTERNAL_SERVER_ERROR, f"an unexpected error; the service's log has it under request id {name}"
    )


def _route(scope: Scope) -> str:
    """The route's pattern, of which there are few, never the path, of which there is no end."""
    return str(getattr(scope.get("route"), "path", None) or "other")
