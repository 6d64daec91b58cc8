"""Limits on a request: bytes of headers, bytes of body, seconds to send the body."""

from http import HTTPStatus

import anyio
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem


class RequestLimits:
    """Reads the whole body before the request is served, so that a slow or endless sender blocks nothing."""

    def __init__(self, app: ASGIApp, header_bytes: int, body_bytes: int, body_seconds: float) -> None:
        self._app = app
        self._header_bytes = header_bytes
        self._body_bytes = body_bytes
        self._body_seconds = body_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or answer 431, 413 or 408."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if sum(len(name) + len(value) for name, value in scope["headers"]) > self._header_bytes:
            detail = f"the headers are longer than {self._header_bytes:,} bytes; send fewer or shorter ones"
            await problem(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, detail)(scope, receive, send)
            return
        too_large = problem(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            f"the body is longer than {self._body_bytes:,} bytes; send a shorter conversation or draft",
        )
        if _content_length(scope) > self._body_bytes:
            await too_large(scope, receive, send)
            return
        body = bytearray()
        with anyio.move_on_after(self._body_seconds) as timeout:
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    return
                body += message.get("body", b"")
                if len(body) > self._body_bytes:
                    await too_large(scope, receive, send)
                    return
                if not message.get("more_body", False):
                    break
        if timeout.cancelled_caught:
            detail = f"the body did not arrive within {self._body_seconds:g} seconds; send it faster"
            await problem(HTTPStatus.REQUEST_TIMEOUT, detail)(scope, receive, send)
            return
        await self._app(scope, _replayed(bytes(body), receive), send)


def _content_length(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "")
    return int(length) if length.isascii() and length.isdecimal() else 0


def _replayed(body: bytes, receive: Receive) -> Receive:
    """The body as one message, then the messages of the connection, such as a disconnect."""
    pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return pending.pop() if pending else await receive()

    return replay
