"""The path under which a proxy serves the service, such as `/archive`."""

import re

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

_HEADER = "x-forwarded-prefix"
_PREFIX = re.compile(r"(?:/[\w.~-]+)+", re.ASCII)


class PathPrefix:
    """Puts the prefix of a request into its `root_path`, as ASGI has it: links and redirects then keep it.

    The proxy names it in `X-Forwarded-Prefix`, or the setting does. Paths come with or without it. What is no prefix
    is ignored. A sender who makes one up misleads itself alone, but for rules of a proxy that go by the path: the proxy
    removes the header, or sets it.
    """

    def __init__(self, app: ASGIApp, prefix: str = "") -> None:
        self._app = app
        self._prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] in ("http", "websocket"):
            sent = Headers(scope=scope).get(_HEADER, "").rstrip("/")
            prefix = sent if _PREFIX.fullmatch(sent) else self._prefix
            if prefix:
                path: str = scope["path"]
                whole = path if path == prefix or path.startswith(f"{prefix}/") else prefix + path
                scope = {**scope, "root_path": prefix, "path": whole}
        await self._app(scope, receive, send)


def path_within(scope: Scope) -> str:
    """The path of a request within the service, without the prefix."""
    return str(scope["path"]).removeprefix(scope.get("root_path", "")) or "/"
