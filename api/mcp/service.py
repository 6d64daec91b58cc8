"""HTTP clients for the tools: of the service over the network, or of the routes in this process.

Either way a tool call is a request like any other: the same keys, limits and error messages.
"""

from collections.abc import Callable

import httpx
from starlette.requests import Request
from starlette.types import ASGIApp

from api.client import TIMEOUT_SECONDS

_OWN_HEADERS = frozenset(
    ("accept", "accept-encoding", "connection", "content-encoding", "content-length", "content-type", "last-event-id")
)

OpenHttp = Callable[[Request | None], httpx.AsyncClient]
"""Opens an HTTP client on behalf of the MCP request, which is None over stdio."""


def for_sender(app: ASGIApp) -> OpenHttp:
    """Clients of the routes in this process, with the address and the headers of the MCP request's sender."""

    def open_http(request: Request | None) -> httpx.AsyncClient:
        assert request is not None  # noqa: S101 - MCP requests come over HTTP here
        client = (request.client.host, request.client.port) if request.client else ("0.0.0.0", 0)  # noqa: S104
        headers = [
            (name, value)
            for name, value in request.headers.items()
            if name not in _OWN_HEADERS and not name.startswith("mcp-")
        ]
        return in_process(app, "http://service", client, headers)

    return open_http


def in_process(
    app: ASGIApp, url: str, client: tuple[str, int] = ("127.0.0.1", 123), headers: list[tuple[str, str]] | None = None
) -> httpx.AsyncClient:
    """A client of the application itself, as if its requests came from the address `client`."""
    transport = httpx.ASGITransport(app, client=client, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url=url, headers=headers, timeout=TIMEOUT_SECONDS)
