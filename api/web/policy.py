"""The content security policy of the pages: everything from the service itself, scripts only by nonce."""

import re
import secrets

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SCRIPT = re.compile(rb"<script\b")


def content_security_policy(nonce: str) -> str:
    """The policy's text.

    Scripts run only from the service's own files or with this response's nonce, so markup injected
    into a page stays inert. NiceGUI compiles its event handlers in the browser, hence 'unsafe-eval', and
    Quasar sets style attributes, hence 'unsafe-inline' for styles.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{nonce}' 'unsafe-eval'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


class PagePolicy:
    """ASGI middleware that gives HTML responses the policy, and their own scripts its nonce."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        started: list[Message] = []
        body = bytearray()

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_html(message):
                started.append(message)  # held back until the length of the body is known
            elif not started:
                await send(message)
            else:
                body.extend(message.get("body", b""))
                if not message.get("more_body", False):
                    await _send_with_nonce(started[0], bytes(body), nonce, send)

        await self._app(scope, receive, send_guarded)


def _is_html(message: Message) -> bool:
    headers = MutableHeaders(raw=message["headers"])
    return headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers


async def _send_with_nonce(start: Message, body: bytes, nonce: str, send: Send) -> None:
    # NiceGUI escapes "<" in the content of elements, so every "<script" is one of the page's own.
    body = _SCRIPT.sub(f'<script nonce="{nonce}"'.encode(), body)
    headers = MutableHeaders(raw=start["headers"])
    headers["content-length"] = str(len(body))
    headers["content-security-policy"] = content_security_policy(nonce)
    await send({**start, "headers": headers.raw})
    await send({"type": "http.response.body", "body": body})
