"""Scans and coverage of a small archive over HTTP."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from rag.archive import Archive
from rag.settings import Settings
from tests.api.clients import client_of
from tests.rag.samples import make_cable

CABLES = [
    make_cable("08QUILL3", "The lamp oil is short.", ("U", "No lamp was lit; =oil."), references=("08QUILL9",)),
    make_cable("08QUILL7", "Lámp after lamp.", tags=("ETRD",)),
    make_cable("07ROOK1", "A lamp.", day=None),
]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    settings = Settings(store=tmp_path_factory.mktemp("scanned") / "store")
    with Archive(settings, create=True) as archive:
        for cable in CABLES:
            archive.catalog.put(cable)
        archive.index_pending()
    with client_of(settings) as client:
        yield client


def scan(client: TestClient, query: str, **params: Any) -> Any:
    response = client.get("/scan", params={"query": query, **params})
    assert response.status_code == 200, response.text
    return response.json()


def test_pages_hold_every_hit_once_with_the_totals_of_all(client: TestClient) -> None:
    first = scan(client, "lamp", limit=3)
    assert (first["total"], first["undated"]) == (4, 1)
    assert first["by_month"] == [{"value": "2008-08", "count": 3}]
    assert first["by_post"] == [{"value": "QUILL", "count": 3}, {"value": "ROOK", "count": 1}]
    second = scan(client, "lamp", limit=3, cursor=first["next"])
    assert second["total"] == 4 and second["next"] is None
    keys = [hit["key"] for hit in first["hits"] + second["hits"]]
    assert sorted(keys) == ["07ROOK1#1", "08QUILL3#1", "08QUILL3#2", "08QUILL7#1"] and keys[-1] == "07ROOK1#1"


def test_a_hit_has_its_citation_and_the_matches_in_its_snippet(client: TestClient) -> None:
    [hit] = scan(client, '"lamp after lamp"')["hits"]
    assert hit == {
        "key": "08QUILL7#1",
        "citation": "QUILL 7 ¶1",
        "date": "2008-08-28T13:37:00Z",
        "subject": "A MATTER OF LIGHTHOUSES",
        "snippet": "Lámp after lamp.",
        "spans": [[0, 15]],
    }


def test_filters_narrow_hits_and_totals(client: TestClient) -> None:
    assert scan(client, "lamp", tag="etrd")["by_post"] == [{"value": "QUILL", "count": 1}]
    assert scan(client, "lamp", post="rook")["total"] == 1
    assert scan(client, "lamp", date_from="2008-08-01", date_to="2008-08-31")["undated"] == 0


def test_every_hit_comes_as_a_line_of_csv(client: TestClient) -> None:
    response = client.get("/scan", params={"query": "lamp", "limit": 1}, headers={"accept": "text/csv"})
    assert response.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(response.text)))
    assert len(rows) == 4 and rows[-1]["key"] == "07ROOK1#1" and rows[-1]["date"] == ""
    assert list(rows[0]) == ["key", "citation", "date", "subject", "snippet"]
    nothing = client.get("/scan", params={"query": "nowhere"}, headers={"accept": "text/csv"})
    assert nothing.text == "key,citation,date,subject,snippet\r\n"


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"query": " "}, "nothing to look for"),
        ({"query": "a OR"}, "OR stands between"),
        ({"query": "lamp", "cursor": "x"}, "take `next`"),
    ],
)
@pytest.mark.parametrize("accept", ["application/json", "text/csv"])
def test_what_cannot_be_read_is_refused(client: TestClient, params: dict[str, str], words: str, accept: str) -> None:
    response = client.get("/scan", params=params, headers={"accept": accept})
    if accept == "text/csv" and "cursor" in params:
        assert response.status_code == 200  # all hits come at once
        return
    assert response.status_code == 400 and words in response.json()["detail"]


def test_a_value_that_is_none_is_refused(client: TestClient) -> None:
    assert client.get("/scan", params={"query": "lamp", "date_from": "yesterday"}).status_code == 422
    assert client.get("/scan", params={"query": "lamp", "limit": 201}).status_code == 422


def test_coverage_tells_of_posts_and_with_a_post_of_each_gap(client: TestClient) -> None:
    every = client.get("/coverage").json()
    assert every["cables"] == 3 and [year["post"] for year in every["years"]] == ["QUILL", "ROOK"]
    assert every["years"][0]["gaps"] is None and every["years"][0]["missing"] == 3
    [year] = client.get("/coverage", params={"post": "quill", "year": 2008}).json()["years"]
    assert year["gaps"] == [{"first": 4, "last": 6, "count": 3}]
    assert year["lacking_cables"] == [{"value": "08QUILL9", "count": 1}]
    refused = client.get("/coverage", params={"post": "quil"})
    assert refused.status_code == 404 and "did you mean QUILL" in refused.json()["detail"]
