"""Requests to every route that shows a reader something of the archive, and the routes that do not."""

from collections.abc import Callable
from typing import Any

from fastapi.testclient import TestClient

from api.web.asked import Asked
from api.web.history import state_of
from rag.domain.answer import Answer, Quote, Sentence

QUESTION = "Who hid eleven barrels of lamp oil from the customs officers?"
KEPT = state_of(
    Asked(QUESTION),
    Answer(
        QUESTION, "extractive", (Sentence("Hidden.", ("08QUILL1#2",)),), (Quote("08QUILL1#2", "QUILL 1 ¶2", "", 0, 0),)
    ),
)
ASKED = {"messages": [{"role": "user", "content": QUESTION}]}
JSON_RPC = {"jsonrpc": "2.0", "id": 1, "method": "tools/call"}
ACCEPT = {"accept": "application/json, text/event-stream"}

Send = Callable[[TestClient], Any]


def tool(name: str, **arguments: str) -> Send:
    body = JSON_RPC | {"params": {"name": name, "arguments": arguments}}
    return lambda client: client.post("/mcp", json=body, headers=ACCEPT)


REQUESTS: dict[str, list[Send]] = {
    "POST /chat": [
        lambda client: client.post("/chat", json=ASKED),
        lambda client: client.post("/chat", json=ASKED | {"stream": True}),
    ],
    "GET /search": [lambda client: client.get("/search", params={"query": "lamp oil"})],
    "GET /cables": [lambda client: client.get("/cables")],
    "GET /cables/{cable_id}": [lambda client: client.get("/cables/08QUILL1")],
    "GET /cables/{cable_id}/paragraphs/{number}": [lambda client: client.get("/cables/08QUILL1/paragraphs/2")],
    "GET /cables/{cable_id}/paragraphs/{number}/similar": [
        lambda client: client.get("/cables/08QUILL3/paragraphs/1/similar")
    ],
    "GET /cables/{cable_id}/references": [lambda client: client.get("/cables/08QUILL2/references")],
    "GET /resolve": [lambda client: client.get("/resolve", params={"citation": "QUILL 1"})],
    "GET /scan": [
        lambda client: client.get("/scan", params={"query": "grain tariff"}),
        lambda client: client.get("/scan", params={"query": '"lamp oil"'}, headers={"accept": "text/csv"}),
    ],
    "GET /cables/{cable_id}/cite": [lambda client: client.get("/cables/08QUILL1/cite")],
    "GET /cables/{cable_id}/paragraphs/{number}/cite": [
        lambda client: client.get("/cables/08QUILL1/paragraphs/2/cite")
    ],
    "POST /check": [
        lambda client: client.post(
            "/check", json={"text": "“Newspapers of the town wrote that lamp oil is short” (QUILL 1 ¶2)."}
        )
    ],
    "GET /coverage": [lambda client: client.get("/coverage", params={"post": "QUILL"})],
    "GET /timeline": [lambda client: client.get("/timeline", params={"query": "lamp oil"})],
    "POST /v1/chat/completions": [
        lambda client: client.post("/v1/chat/completions", json=ASKED | {"model": "cables"}),
        lambda client: client.post("/v1/chat/completions", json=ASKED | {"model": "cables", "stream": True}),
    ],
    "MCP": [
        tool("ask", question=QUESTION),
        tool("search_cables", query="lamp oil"),
        tool("scan", query="lamp oil"),
        tool("read_cable", citation="QUILL 1"),
        tool("follow_references", citation="QUILL 2"),
    ],
}
PAGES: dict[str, list[Send]] = {
    "GET /": [
        lambda client: client.get("/"),
        lambda client: client.get("/", params={"q": QUESTION, "open": "08QUILL1#2"}),
    ],
    "POST /ask": [lambda client: client.post("/ask", data={"q": QUESTION})],
    "POST /turns": [lambda client: client.post("/turns", json=[KEPT])],
    "GET /browse": [
        lambda client: client.get("/browse"),
        lambda client: client.get("/browse", params={"query": "lamp oil"}),
        lambda client: client.get("/browse", params={"query": "lamp oil", "mode": "every"}),
    ],
    "GET /browse/hits.csv": [lambda client: client.get("/browse/hits.csv", params={"query": "lamp oil"})],
    "GET /read/{cable_id}": [
        lambda client: client.get("/read/08QUILL1"),
        lambda client: client.get("/read/08QUILL2", headers={"hx-request": "true"}),
    ],
    "POST /drafts": [
        lambda client: client.post(
            "/drafts", data={"text": "“Newspapers of the town wrote that lamp oil is short” (QUILL 1 ¶2)."}
        )
    ],
    "GET /cite/{cable_id}": [lambda client: client.get("/cite/08QUILL1")],
    "GET /cite/{cable_id}/{number}": [
        lambda client: client.get("/cite/08QUILL1/2"),
        lambda client: client.get("/cite/08QUILL1/2", params={"download": "ris"}),
    ],
    "POST /endnotes": [lambda client: client.post("/endnotes", data={"turn": KEPT})],
    "GET /read/{cable_id}/like/{number}": [lambda client: client.get("/read/08QUILL3/like/1")],
}
REQUESTS |= PAGES
"""Requests to every route that reads the archive. A new route belongs here, or below."""

SHOWS_NOTHING = {
    "POST /feedback",
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
}
"""Routes whose responses hold no text and no field of a cable."""
