"""A request id, a log line and a measurement for each request; a response for errors that nothing else caught."""

import logging
import re
import secrets
import time
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.observability.logs import request_id
from api.observability.metrics import Metrics
from api.problems import problem

_log = logging.getLogger("cables.requests")
_VALID_ID = re.compile(r"[\w.\-]{1,64}", re.ASCII)
_HEADER = "x-request-id"
_CLIENT_CLOSED_REQUEST = 499  # nginx's status for a client that disconnected


class RequestLog:
    """Logs method, path, status and duration; never the query string, a body or a header: they hold questions."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        sent = Headers(scope=scope).get(_HEADER, "")
        name = sent if _VALID_ID.fullmatch(sent) else secrets.token_hex(8)
        token = request_id.set(name)
        started, status = time.perf_counter(), 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[_HEADER] = name
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        except ClientDisconnect:
            status = status or _CLIENT_CLOSED_REQUEST
        except Exception:
            _log.exception("unexpected error")
            if status:  # the response has begun: the connection is closed instead
                raise
            await _internal_error(name)(scope, receive, send_with_id)
        finally:
            self._record(scope, status, time.perf_counter() - started)
            request_id.reset(token)

    def _record(self, scope: Scope, status: int, seconds: float) -> None:
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


def _internal_error(name: str) -> ASGIApp:
    return problem(
        HTTPStatus.INTERNAL_SERVER_ERROR, f"an unexpected error; the service's log has it under request id {name}"
    )


def _route(scope: Scope) -> str:
    """The route's pattern rather than the path: a metric's labels must be few."""
    return str(getattr(scope.get("route"), "path", None) or "other")
