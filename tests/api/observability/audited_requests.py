"""Requests to every route of the service, for the tests of the audit log."""

import re
from html import unescape
from typing import Any

from fastapi.testclient import TestClient

from api.web.asked import Asked
from api.web.history import state_of
from rag.domain.answer import Answer, Quote, Sentence
from tests.api.observability.client_requests import ASKED, MCP_REQUESTS, OPENAI_REQUESTS, QUESTION, Send, kept

KEPT = state_of(
    Asked(QUESTION),
    Answer(
        QUESTION, "extractive", (Sentence("Hidden.", ("08QUILL1#2",)),), (Quote("08QUILL1#2", "QUILL 1 ¶2", "", 0, 0),)
    ),
)


def watched(way: str = "") -> Send:
    """A request about a saved search."""

    def send(client: TestClient) -> Any:
        saved = client.post("/watches", json={"query": "lamp oil"}).json()
        return client.get(f"/watches/{saved['id']}{way}")

    return send


def sealed(client: TestClient) -> str:
    """An answer as the page carries it."""
    text = client.get("/", params={"q": QUESTION}).text
    found = re.search(r'name="sealed" value="([^"]+)"', text)
    assert found, "no answer that can be kept"
    return unescape(found[1])


def with_answer(path: str) -> Send:
    """A form with an answer of the page."""
    return lambda client: client.post(path, data={"sealed": sealed(client)})


def of_kept(method: str, way: str = "", **options: Any) -> Send:
    """A request about an answer that was kept on the page."""

    def send(client: TestClient) -> Any:
        page = client.post("/keep", data={"sealed": sealed(client)})
        return client.request(method, f"{page.url.path}{way}", **options)

    return send


def of_search(method: str, way: str = "", **options: Any) -> Send:
    """A request about a search that was saved on the page."""

    def send(client: TestClient) -> Any:
        page = client.post("/searches", data={"query": "lamp oil"})
        return client.request(method, f"{page.url.path}{way}", **options)

    return send


REQUESTS: dict[str, list[Send]] = {
    "GET /watches/{watch_id}": [watched()],
    "GET /watches/{watch_id}/feed": [watched("/feed")],
    "POST /chat": [
        lambda client: client.post("/chat", json=ASKED),
        lambda client: client.post("/chat", json=ASKED | {"stream": True}),
    ],
    "GET /answers/{answer_id}": [kept("GET"), kept("GET", "?format=html")],
    "PATCH /answers/{answer_id}": [kept("PATCH", json={"note": "for chapter 3"})],
    "POST /answers/{answer_id}/again": [kept("POST", "/again")],
    "GET /cables/{cable_id}/cite": [lambda client: client.get("/cables/08QUILL1/cite")],
    "GET /cables/{cable_id}/paragraphs/{number}/cite": [
        lambda client: client.get("/cables/08QUILL1/paragraphs/1/cite")
    ],
    "POST /check": [
        lambda client: client.post("/check", json={"text": "“The harbour master Quaxworth” (08QUILL1#1)."})
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
    "GET /coverage": [lambda client: client.get("/coverage", params={"post": "QUILL"})],
    "GET /timeline": [lambda client: client.get("/timeline", params={"query": "lamp oil"})],
    "POST /v1/responses": [
        lambda client: client.post("/v1/responses", json={"input": QUESTION}),
        lambda client: client.post("/v1/responses", json={"input": QUESTION, "stream": True}),
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
    "POST /keep": [with_answer("/keep")],
    "POST /save": [with_answer("/save")],
    "GET /kept/{answer_id}": [of_kept("GET")],
    "POST /kept/{answer_id}/again": [of_kept("POST", "/again")],
    "POST /kept/{answer_id}/note": [of_kept("POST", "/note", data={"note": "for chapter 3"})],
    "GET /searches/{search_id}": [of_search("GET")],
}
REQUESTS |= PAGES | MCP_REQUESTS | OPENAI_REQUESTS
"""Requests to every route that reads the archive. A new route belongs here, or below."""

COUNTS = {
    "GET /resolve",
    "GET /timeline",
    "GET /coverage",
    "MCP counts",
    "GET /watches/{watch_id}",
    "GET /watches/{watch_id}/feed",
    "GET /searches/{search_id}",
}
"""Of these, routes and tools that show counts and ids alone, and saved searches to which nothing is new."""
