"""The routes that lead through the sample archive, and feedback."""

import json
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from fastapi.testclient import TestClient

from rag.settings import Settings
from tests.api.cli.commands import run
from tests.api.clients import client_of


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, sample_store: Path) -> Path:
    return copytree(sample_store, tmp_path_factory.mktemp("browsed") / "store")


@pytest.fixture(scope="module")
def client(store: Path) -> Iterator[TestClient]:
    with client_of(Settings(store=store)) as client:
        yield client


def get(client: TestClient, path: str, **params: Any) -> Any:
    response = client.get(path, params=params)
    assert response.status_code == 200, response.text
    return response.json()


def test_pages_hold_every_cable_once_in_order_of_time(client: TestClient) -> None:
    seen: list[dict[str, Any]] = []
    page = get(client, "/cables", limit=3)
    while True:
        seen += page["cables"]
        if page["next"] is None:
            break
        page = get(client, "/cables", limit=3, cursor=page["next"])
    assert len(seen) == len({each["id"] for each in seen}) == 16
    assert [each["date"] for each in seen] == sorted(each["date"] for each in seen)
    assert {"06 PORT ZEPHYR 112", "07 PORT ZEPHYR 112", "QUILLHAVEN 2340"} <= {each["label"] for each in seen}


def test_days_narrow_a_list_and_its_counts(client: TestClient) -> None:
    found = get(client, "/cables", date_from="2007-01-01", date_to="2007-12-31")
    assert {each["date"][:4] for each in found["cables"]} == {"2007"}
    assert found["total"] == len(found["cables"]) == sum(each["count"] for each in found["facets"]["post"])
    counts = get(client, "/cables", date_from="2007-01-01", date_to="2007-12-31", limit=0)
    assert counts == found | {"cables": []}


def test_facets_count_what_their_choice_would_list(client: TestClient) -> None:
    facets = get(client, "/cables", post="Port Zephyr")["facets"]
    assert {"value": "QUILLHAVEN", "count": 4} in facets["post"]  # a kind's own condition is left out of its counts
    for kind in ("year", "tag", "classification"):
        for each in facets[kind]:
            listed = get(client, "/cables", post="Port Zephyr", **{kind: each["value"]})["cables"]
            assert len(listed) == each["count"] > 0
    assert [each["value"] for each in facets["year"]] == ["2006", "2007", "2008"]


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Quillhaven 2340 para 5", "07QUILLHAVEN2340#5"),
        ("07QUILLHAVEN2340#5", "07QUILLHAVEN2340#5"),
        ("¶5 of QUILLHAVEN 2340", "07QUILLHAVEN2340#5"),
        ("lantern bay 12 ¶5 (2nd)", "08LANTERNBAY12#5~2"),
        ("07 port zephyr 112", None),
    ],
)
def test_a_citation_in_any_spelling(client: TestClient, typed: str, key: str | None) -> None:
    found = get(client, "/resolve", citation=typed)
    assert found["resolved"]["key"] == key
    assert found["suggestions"] == []
    opened = get(client, found["resolved"]["url"])
    assert opened.get("citation", opened.get("label")) == found["resolved"]["citation"]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("port zephyr 112", "06 PORT ZEPHYR 112"),
        ("quilhaven 2340 ¶5", "QUILLHAVEN 2340 ¶5"),
        ("quillhaven 2341", "QUILLHAVEN 2340"),
        ("QUILLHAVEN 2340 ¶99", "QUILLHAVEN 2340"),
        ("08 quillhaven 2340", "QUILLHAVEN 2340"),
        ("elsewhere 2340", "QUILLHAVEN 2340"),
    ],
)
def test_what_may_have_been_meant(client: TestClient, typed: str, first: str) -> None:
    found = get(client, "/resolve", citation=typed)
    assert found["resolved"] is None
    assert found["suggestions"][0]["citation"] == first


def test_references_lead_both_ways(client: TestClient) -> None:
    graph = get(client, "/cables/07QUILLHAVEN2398/references")
    ends = {each["cable_id"]: each for each in graph["outgoing"]}
    assert ends["07QUILLHAVEN2340"]["in_archive"]
    assert ends["07QUILLHAVEN2340"]["citation_label"] == "QUILLHAVEN 2340"
    back = get(client, "/cables/07QUILLHAVEN2340/references")
    assert "07QUILLHAVEN2398" in [each["cable_id"] for each in back["incoming"]]
    absent = [each for each in get(client, "/cables/06PORTZEPHYR112/references")["outgoing"] if not each["in_archive"]]
    assert absent[0]["citation_label"] == "PORT ZEPHYR 871"
    assert absent[0]["subject"] is absent[0]["date"] is None


def test_neighbours_of_a_paragraph(client: TestClient) -> None:
    found = get(client, "/cables/07QUILLHAVEN2340/paragraphs/5/similar", k=5)
    assert len(found) == 5
    assert "07QUILLHAVEN2340#5" not in [each["key"] for each in found]
    assert [each["score"] for each in found] == sorted((each["score"] for each in found), reverse=True)


def test_months(client: TestClient) -> None:
    months = get(client, "/timeline", query="ferry inquiry")
    assert months and all(each["paragraphs"] > 0 for each in months)
    assert [each["month"] for each in months] == sorted(each["month"] for each in months)
    only = get(client, "/timeline", query="port", post="quillhaven", date_from="2007-01-01", date_to="2007-12-31")
    assert {each["month"][:4] for each in only} == {"2007"}
    assert get(client, "/timeline", query="the of and") == []


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/cables?cursor=abc", 400, "not a cursor"),
        ("/cables?year=1066", 422, "year"),
        ("/cables?limit=-1", 422, "limit"),
        ("/cables?tag=%00", 422, "tag"),
        ("/resolve?citation=nonsense", 400, "write it like"),
        ("/cables/08NOWHERE1/references", 404, "no cable 08NOWHERE1"),
        ("/cables/07QUILLHAVEN2340/paragraphs/99/similar", 404, "there is no QUILLHAVEN 2340 ¶99"),
        ("/timeline?query=%20", 400, "empty"),
    ],
)
def test_errors_say_what_is_wrong(client: TestClient, path: str, status: int, words: str) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert words in response.json()["detail"]


def test_feedback_becomes_golden_candidates(client: TestClient, store: Path) -> None:
    up = {
        "question": "Who?\0",
        "verdict": "up",
        "citations": ["07quillhaven2340#5", "05NOWHERE1#1"],
        "answer": "He did.",
    }
    down = {"question": "When?", "verdict": "down", "reason": "the wrong year", "citations": ["07QUILLHAVEN2340#6"]}
    for body in (up, down):
        response = client.post("/feedback", json=body)
        assert response.status_code == 201
        assert response.json()["id"]
    lines = run("feedback", "export", store=store).stdout.splitlines()
    approved, rejected = (json.loads(line) for line in lines)
    assert approved["question"] == "Who?"
    assert approved["gold"] == [["07QUILLHAVEN2340#5"], ["05NOWHERE1#1"]]
    assert rejected["gold"] == [] and rejected["cited"] == ["07QUILLHAVEN2340#6"]
    assert rejected["reason"] == "the wrong year"
    assert {"id", "type", "question", "gold", "facts", "answer"} <= set(approved)
    assert len(run("feedback", "export", "--verdict", "down", store=store).stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"verdict": "maybe"}, 422),
        ({"question": ""}, 422),
        ({"citations": ["nonsense"]}, 400),
        ({"colour": "red"}, 422),
    ],
)
def test_feedback_that_cannot_be_used(client: TestClient, change: dict[str, Any], status: int) -> None:
    body = {"question": "Who?", "verdict": "up"} | change
    assert client.post("/feedback", json=body).status_code == status
