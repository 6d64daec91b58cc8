"""The service as the MCP tools call it: over HTTP, or within the process with the caller's own headers.

Either way a tool call is a request like any other: the same keys, limits and error messages.
"""

from collections.abc import Callable, Mapping
from typing import Any

import httpx
from mcp.server.mcpserver.exceptions import ToolError
from starlette.requests import Request
from starlette.types import ASGIApp

from rag.errors import CablesError

TIMEOUT_SECONDS = 180.0
_OF_THE_CALL = frozenset(
    ("accept", "accept-encoding", "connection", "content-encoding", "content-length", "content-type", "last-event-id")
)

Reach = Callable[[Request | None], httpx.AsyncClient]
"""Opens a client of the service on behalf of a request, which is None where tools are called over stdio."""


def within(app: ASGIApp) -> Reach:
    """Reach the routes of this very process, as the sender of the MCP request: same address, same headers."""

    def reach(request: Request | None) -> httpx.AsyncClient:
        assert request is not None  # noqa: S101 - MCP requests come over HTTP here
        client = (request.client.host, request.client.port) if request.client else ("0.0.0.0", 0)  # noqa: S104
        headers = [
            (name, value)
            for name, value in request.headers.items()
            if name not in _OF_THE_CALL and not name.startswith("mcp-")
        ]
        transport = httpx.ASGITransport(app, client=client, raise_app_exceptions=False)
        return httpx.AsyncClient(
            transport=transport, base_url="http://service", headers=headers, timeout=TIMEOUT_SECONDS
        )

    return reach


def at(url: str, key: str | None) -> Reach:
    """Reach a running service, with a key where it wants one."""

    def reach(_request: Request | None) -> httpx.AsyncClient:
        headers = {"authorization": f"Bearer {key}"} if key else {}
        return httpx.AsyncClient(base_url=url, headers=headers, timeout=TIMEOUT_SECONDS)

    return reach


async def call(
    reach: Reach,
    request: Request | None,
    method: str,
    path: str,
    params: Mapping[str, Any] | None = None,
    body: Mapping[str, Any] | None = None,
) -> Any:
    """The JSON that the service answers with.

    Raises:
        ToolError: it refused, in its own words, or is not there.
    """
    try:
        async with reach(request) as client:
            response = await client.request(method, path, params=params, json=body)
            answer = response.json()
    except CablesError as error:
        raise ToolError(str(error)) from error
    except (httpx.HTTPError, ValueError) as error:
        raise ToolError(f"the service does not answer ({type(error).__name__}); is `cables serve` well?") from error
    if response.is_error:
        raise ToolError(str(answer.get("detail", response.reason_phrase)))
    return answer
