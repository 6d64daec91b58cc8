"""The HTTP service over the sample archive."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from rag.domain.paragraph_key import cable_id_of
from rag.settings import Settings
from tests.api.clients import client_of

ASK_FIELDS = {
    "question", "answer", "mode", "abstained", "reason", "sentences", "citations", "retrieved", "closest", "filters",
    "searched", "trace", "timings_ms", "kind", "table",
}  # fmt: skip
SEARCH_FIELDS = {"key", "citation", "cable_id", "date", "subject", "heading", "marking", "text", "score"}


@pytest.fixture(scope="module")
def client(sample_store: Path) -> Iterator[TestClient]:
    with client_of(Settings(store=sample_store)) as client:
        yield client


def ask(client: TestClient, question: str, **filters: Any) -> dict[str, Any]:
    response = client.post("/chat", json={"messages": [{"role": "user", "content": question}], "filters": filters})
    assert response.status_code == 200, response.text
    body = response.json()
    assert isinstance(body, dict)
    return body


def test_chat_answers_with_the_ask_object(client: TestClient) -> None:
    body = ask(client, "ferry inquiry hearings")
    assert set(body) >= ASK_FIELDS
    assert body["mode"] == "extractive"
    assert body["citations"]
    for citation in body["citations"]:
        paragraph = client.get(citation["url"]).json()
        assert paragraph["text"][citation["start"] : citation["end"]] == citation["quote"]
        assert paragraph["citation"] == citation["citation"]


def test_a_count_comes_with_its_table_and_as_csv(client: TestClient) -> None:
    question = "How many cables from Ostermere are there?"
    body = ask(client, question)
    assert body["kind"] == "catalog" and body["answer"].startswith("There are 3 cables from Ostermere.")
    assert [row[0] for row in body["table"]["rows"]] == ["06OSTERMERE1502", "07OSTERMERE644", "08OSTERMERE71"]
    assert all(client.get(citation["url"]).json()["id"] == citation["key"] for citation in body["citations"])
    messages = {"messages": [{"role": "user", "content": question}]}
    table = client.post("/chat", json=messages, headers={"accept": "text/csv"})
    assert table.headers["content-type"].startswith("text/csv")
    assert table.text.splitlines()[0] == "cable,date,classification,subject" and len(table.text.splitlines()) == 4


def test_the_last_user_message_is_the_question(client: TestClient) -> None:
    messages = [
        {"role": "user", "content": "Something about grain?"},
        {"role": "assistant", "content": "Here."},
        {"role": "user", "content": "Where did the ferry inquiry meet?"},
    ]
    assert client.post("/chat", json={"messages": messages}).json()["question"] == "Where did the ferry inquiry meet?"


def test_filters_narrow_and_are_told(client: TestClient) -> None:
    everything = client.get("/search", params={"query": "port", "k": 50}).json()
    post = cable_id_of(everything[0]["key"]).lstrip("0123456789").rstrip("0123456789")
    year = everything[0]["date"][:4]
    only = client.get(
        "/search",
        params={
            "query": "port",
            "k": 50,
            "post": post.lower(),
            "date_from": f"{year}-01-01",
            "date_to": f"{year}-12-31",
        },
    ).json()
    assert set(only[0]) == SEARCH_FIELDS
    assert 0 < len(only) < len(everything)
    assert {hit["date"][:4] for hit in only} == {year}
    body = ask(client, "port", post=post, date_from=f"{year}-01-01")
    assert {"field": "post", "value": post, "soft": False} in body["filters"]
    assert all(post in key for key in body["retrieved"])


def test_a_whole_cable(client: TestClient) -> None:
    found = client.get("/search", params={"query": "port", "k": 1}).json()[0]
    cable = client.get(f"/cables/{found['cable_id'].lower()}").json()
    assert cable["id"] == found["cable_id"]
    assert found["key"] in [paragraph["key"] for paragraph in cable["paragraphs"]]


def test_health(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz").json()
    assert ready["status"] == "ready" and ready["cables"] == 16


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "words"),
    [
        ("POST", "/chat", {"messages": [{"role": "user", "content": "  "}]}, 400, "empty"),
        ("POST", "/chat", {"messages": [{"role": "user", "content": "x" * 4001}]}, 400, "4,001 characters"),
        ("POST", "/chat", {"messages": [{"role": "system", "content": "x"}]}, 400, "role user"),
        ("POST", "/chat", {"messages": []}, 422, "messages"),
        (
            "POST",
            "/chat",
            {"messages": [{"role": "user", "content": "x"}], "filters": {"colour": "red"}},
            422,
            "colour",
        ),
        (
            "POST",
            "/chat",
            {"messages": [{"role": "user", "content": "x"}], "filters": {"date_from": "May"}},
            422,
            "date_from",
        ),
        ("GET", "/search?query=", None, 400, "empty"),
        ("GET", "/search?query=x&k=0", None, 422, "k"),
        ("GET", "/cables/08NOWHERE1", None, 404, "no cable 08NOWHERE1"),
        ("GET", "/cables/nonsense", None, 400, "08TOKYO2367"),
        ("GET", "/cables/08NOWHERE1/paragraphs/x", None, 404, "no cable"),
        ("GET", "/nothing", None, 404, "Not Found"),
        ("DELETE", "/chat", None, 405, "Not Allowed"),
    ],
)
def test_errors_are_problem_details(
    client: TestClient, method: str, path: str, body: Any, status: int, words: str
) -> None:
    response = client.request(method, path, json=body)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert set(problem) == {"type", "title", "status", "detail"}
    assert words in problem["detail"]


def test_a_paragraph_that_is_not_there(client: TestClient) -> None:
    cable = client.get("/search", params={"query": "port", "k": 1}).json()[0]["cable_id"]
    response = client.get(f"/cables/{cable}/paragraphs/999")
    assert response.status_code == 404
    assert "the cable has paragraphs" in response.json()["detail"]


def test_the_api_documents_itself(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {
        "/chat",
        "/search",
        "/cables/{cable_id}",
        "/cables/{cable_id}/paragraphs/{number}",
        "/healthz",
        "/readyz",
    } <= set(paths)
    assert client.get("/docs").status_code == 200
