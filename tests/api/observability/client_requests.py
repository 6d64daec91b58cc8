"""What clients send, those of OpenAI and MCP among them, over the archive of `tests.api.small_archive`."""

from collections.abc import Callable
from typing import Any

from fastapi.testclient import TestClient

from tests.api.small_archive import HIDDEN_OIL

Send = Callable[[TestClient], Any]
QUESTION = "Who hid eleven barrels of lamp oil from the customs officers?"
ASKED = {"messages": [{"role": "user", "content": QUESTION}]}
JSON_RPC = {"jsonrpc": "2.0", "id": 1}
ACCEPT = {"accept": "application/json, text/event-stream"}

TOOLS: set[str] = set()
"""The MCP tools that are called here."""


def kept(method: str, way: str = "", **options: Any) -> Send:
    """A request about an answer that is kept for it."""

    def send(client: TestClient) -> Any:
        kept_id = client.post("/chat", json=ASKED | {"keep": True}).json()["id"]
        return client.request(method, f"/answers/{kept_id}{way}", **options)

    return send


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
        tool("ask", question=QUESTION),
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
OPENAI_REQUESTS: dict[str, list[Send]] = {
    "POST /v1/chat/completions": [
        lambda client: client.post("/v1/chat/completions", json=ASKED | {"model": "cables"}),
        lambda client: client.post("/v1/chat/completions", json=ASKED | {"model": "cables", "stream": True}),
    ],
    "POST /v1/responses": [
        lambda client: client.post("/v1/responses", json={"input": QUESTION}),
        lambda client: client.post("/v1/responses", json={"input": QUESTION, "stream": True}),
    ],
}
SHOWS_NOTHING = {
    "DELETE /watches/{watch_id}",
    "GET /watches",
    "POST /watches",
    "POST /watches/{watch_id}/feed",
    "POST /watches/{watch_id}/seen",
    "POST /feedback",
    "GET /answers",
    "DELETE /answers/{answer_id}",
    "GET /healthz",
    "GET /readyz",
    "GET /metrics",
    "GET /owner/index",
    "POST /owner/index",
    "POST /owner/withdrawals",
    "GET /owner/withdrawals",
    "DELETE /owner/withdrawals/{cable_id}",
    "GET /v1/models",
    "GET /v1/models/{model}",
    "GET /assets/{digest}/{name}",
    "GET /docs",
    "GET /filters",
    "GET /drafts",
    "GET /browse/coverage",
    "POST /session",
    "POST /session/end",
    "POST /verdict",
    "POST /kept/{answer_id}/delete",
    "POST /searches",
    "POST /searches/{search_id}/delete",
    "POST /searches/{search_id}/feed",
    "POST /searches/{search_id}/seen",
    "GET /saved",
    "GET /saved/new",
}
"""Routes whose responses hold no text and no field of a cable."""
