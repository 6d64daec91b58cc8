"""Conversations with an MCP server by the SDK's own client."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from mcp import Client
from mcp_types import CallToolResult, TextContent

T = TypeVar("T")


def talk(server: Any, work: Callable[[Client], Awaitable[T]]) -> T:
    """What `work` gives with a client of the server, or of its address."""

    async def run() -> T:
        async with Client(server) as client:
            return await work(client)

    return asyncio.run(run())


def call(service: str, tool: str, **arguments: Any) -> CallToolResult:
    """The result of one tool of the service at this address."""
    return talk(f"{service}/mcp", lambda client: client.call_tool(tool, arguments))


def called(service: str, tool: str, **arguments: Any) -> Any:
    """The object of one tool, which did not fail."""
    result = call(service, tool, **arguments)
    assert not result.is_error, text(result)
    return result.structured_content


def text(result: CallToolResult) -> str:
    """The text of a tool's result."""
    (block,) = result.content
    assert isinstance(block, TextContent)
    return block.text
