"""Calls of every MCP tool, and reads of every resource, over the archive of `tests.api.small_archive`."""

from collections.abc import Callable
from typing import Any

from fastapi.testclient import TestClient

from tests.api.small_archive import HIDDEN_OIL

Send = Callable[[TestClient], Any]
JSON_RPC = {"jsonrpc": "2.0", "id": 1}
ACCEPT = {"accept": "application/json, text/event-stream"}

TOOLS: set[str] = set()
"""The MCP tools that are called here."""


def mcp(method: str, **params: Any) -> Send:
    body = JSON_RPC | {"method": method, "params": params}
    return lambda client: client.post("/mcp", json=body, headers=ACCEPT)


def tool(name: str, **arguments: str) -> Send:
    TOOLS.add(name)
    return mcp("tools/call", name=name, arguments=arguments)


def resource(uri: str) -> Send:
    return mcp("resources/read", uri=uri)


MCP_REQUESTS: dict[str, list[Send]] = {
    "MCP": [
        tool("ask", question="Who hid eleven barrels of lamp oil from the customs officers?"),
        tool("search_cables", query="lamp oil"),
        tool("scan", query="lamp oil"),
        tool("read_cable", citation="QUILL 1"),
        tool("follow_references", citation="QUILL 2"),
        tool("list_cables"),
        tool("check", text=f"QUILL 1 ¶2 says “{HIDDEN_OIL}”"),
        tool("cite", citation="QUILL 1"),
        resource("cable://08QUILL1"),
        resource("cable://08QUILL1/2"),
    ],
    "MCP counts": [
        tool("count_cables"),
        tool("posts_and_tags"),
        tool("timeline", query="lamp oil"),
        tool("resolve", citation="QUILL 1"),
    ],
}
