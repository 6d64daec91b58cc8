"""Saved searches over HTTP: what is new to each key, and feeds."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient

from rag.archive import Archive
from rag.catalog.keys import Keys
from rag.domain.access import Clearance
from rag.domain.cable import Cable
from rag.domain.marking import Level
from rag.settings import Settings
from tests.api.clients import client_of
from tests.rag.samples import make_cable

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    with Archive(Settings(store=tmp_path / "store"), create=True) as archive:
        _ingest(archive, make_cable("08QUILL3", "The lamp oil is short."), make_cable("07ROOK1", "A lamp."))
    return tmp_path / "store"


@pytest.fixture
def client(store: Path) -> Iterator[TestClient]:
    with client_of(Settings(store=store)) as client:
        yield client


def _ingest(archive: Archive, *cables: Cable) -> None:
    for cable in cables:
        archive.catalog.put(cable)
    archive.index_pending()


def _archive(client: TestClient) -> Archive:
    archive = client.app.state.archive  # type: ignore[attr-defined]
    assert isinstance(archive, Archive)
    return archive


def _save(client: TestClient, headers: dict[str, str] | None = None, **body: Any) -> Any:
    made = client.post("/watches", json=body, headers=headers)
    assert made.status_code == 201, made.text
    return made.json()


def _bring_lamps(client: TestClient) -> None:
    _ingest(
        _archive(client),
        make_cable("08QUILL4", ("U", "A new lamp & a <b>."), ("S", "A secret lamp."), tags=("ETRD",)),
        make_cable("08ROOK5", ("C", "A lamp of the\x0b rook.")),
    )


def test_new_hits_are_counted_listed_and_seen(client: TestClient) -> None:
    saved = _save(client, query="lamp", name="Lamps", filters={"posts": "quill", "date_from": "2008-01-01"})
    assert saved["filters"] == {
        "post": ["QUILL"], "tag": [], "classification": [], "date_from": "2008-01-01", "date_to": None,
    }  # fmt: skip
    assert (saved["name"], saved["new"], saved["problem"], saved["feed"]) == ("Lamps", 0, None, False)
    _bring_lamps(client)
    [listed] = client.get("/watches").json()["watches"]
    assert listed == saved | {"new": 2}
    page = client.get(f"/watches/{saved['id']}", params={"limit": 1}).json()
    assert (page["watch"], page["total"], page["by_post"]) == (listed, 2, [{"value": "QUILL", "count": 2}])
    rest = client.get(f"/watches/{saved['id']}", params={"limit": 1, "cursor": page["next"]}).json()
    assert [hit["key"] for hit in page["hits"] + rest["hits"]] == ["08QUILL4#1", "08QUILL4#2"]
    assert client.post(f"/watches/{saved['id']}/seen", json={"mark": page["mark"] - 1}).json()["new"] == 2
    assert client.post(f"/watches/{saved['id']}/seen", json={"mark": page["mark"]}).json()["new"] == 0
    _ingest(_archive(client), make_cable("08QUILL6", "Another lamp."))
    assert client.get("/watches").json()["watches"][0]["new"] == 1
    assert client.post(f"/watches/{saved['id']}/seen").json()["new"] == 0
    assert client.delete(f"/watches/{saved['id']}").status_code == 204
    assert client.get("/watches").json() == {"watches": []}


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({"query": "a*"}, 400, "after two letters"),
        ({"query": "lamp", "filters": {"post": ["quil"]}}, 400, "did you mean QUILL?"),
        ({"query": "lamp", "filters": {"pots": []}}, 422, "unknown field 'pots'; did you mean posts?"),
        ({"query": "lamp", "nme": "x"}, 422, "did you mean name?"),
        ({"name": "x"}, 422, "Field required"),
        ({"query": "x" * 1001}, 422, "at most 1000"),
    ],
)
def test_what_cannot_be_saved_is_refused(client: TestClient, body: dict[str, Any], status: int, words: str) -> None:
    refused = client.post("/watches", json=body)
    assert refused.status_code == status and words in refused.json()["detail"], refused.text


@pytest.mark.parametrize("watch_id", ["nothing", "x%00y"])
def test_a_search_that_is_not_there(client: TestClient, watch_id: str) -> None:
    for method, path in (("GET", ""), ("DELETE", ""), ("POST", "/seen"), ("POST", "/feed"), ("GET", "/feed")):
        assert client.request(method, f"/watches/{watch_id}{path}").status_code == 404
    assert client.get(f"/watches/{watch_id}/feed?token=x").status_code == 401


def test_a_key_has_its_own_and_sees_what_it_may(store: Path, client: TestClient) -> None:
    keys = Keys(_archive(client).catalog)
    low, high = ({"authorization": f"Bearer {keys.add(level.name, Clearance(level))}"} for level in (Level.U, Level.S))
    saved = _save(client, high, query="lamp")
    open_lamps = _save(client, low, query="lamp")
    _bring_lamps(client)
    assert client.get(f"/watches/{saved['id']}", headers=low).status_code == 404
    assert [each["new"] for each in client.get("/watches", headers=low).json()["watches"]] == [1]
    assert [each["new"] for each in client.get("/watches", headers=high).json()["watches"]] == [3]
    narrowed = client.get("/watches", headers=high | {"X-Cables-Within": "CONFIDENTIAL"})
    assert narrowed.json()["watches"][0]["new"] == 2 and narrowed.headers["x-cables-narrowed"] == "yes"
    shown = client.get(f"/watches/{open_lamps['id']}", headers=low).json()
    assert [hit["key"] for hit in shown["hits"]] == ["08QUILL4#1"] and shown["hits"][0]["subject"] is None
    assert client.get("/watches").status_code == 401


def _entries(feed: str) -> list[dict[str, str]]:
    root = ElementTree.fromstring(feed)  # noqa: S314 - our own
    assert root.tag == f"{ATOM}feed"
    return [
        {part.tag.removeprefix(ATOM): part.text or part.get("href") or "" for part in each}
        for each in root.iter(f"{ATOM}entry")
    ]


def test_a_feed_has_an_entry_for_each_new_paragraph(client: TestClient) -> None:
    saved = _save(client, query="lamp")
    path = f"/watches/{saved['id']}/feed"
    assert _entries(client.get(path).text) == []
    _bring_lamps(client)
    client.post(f"/watches/{saved['id']}/seen")
    feed = client.get(path)
    assert feed.headers["content-type"].startswith("application/atom+xml")
    entries = {entry["title"]: entry for entry in _entries(feed.text)}
    assert sorted(entries) == [
        "QUILL 4 ¶1 · 2008-08-28 · A MATTER OF LIGHTHOUSES",
        "QUILL 4 ¶2 · 2008-08-28 · A MATTER OF LIGHTHOUSES",
        "ROOK 5 ¶1 · 2008-08-28 · A MATTER OF LIGHTHOUSES",
    ]
    first = entries["QUILL 4 ¶1 · 2008-08-28 · A MATTER OF LIGHTHOUSES"]
    assert first["summary"] == "A new lamp & a <b>." and first["link"] == "http://127.0.0.1/read/08QUILL4#p1"
    assert entries["ROOK 5 ¶1 · 2008-08-28 · A MATTER OF LIGHTHOUSES"]["summary"] == "A lamp of the\ufffd rook."
    _ingest(_archive(client), make_cable("08QUILL4", ("U", "A newer lamp.")))
    [changed] = [entry for entry in _entries(client.get(path).text) if entry["title"].startswith("QUILL 4 ¶1")]
    assert changed["id"] == first["id"] and changed["updated"] >= first["updated"]


def test_an_address_opens_a_feed_without_a_key_as_its_key_would(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    keys = Keys(_archive(client).catalog)
    headers = {"authorization": f"Bearer {keys.add('ada', Clearance(Level.U))}"}
    saved = _save(client, headers, query="lamp")
    _bring_lamps(client)
    other = TestClient(client.app, base_url="http://cables.example", client=("10.0.0.7", 1))
    url = client.post(f"/watches/{saved['id']}/feed", headers=headers).json()["url"]
    path = url.removeprefix("http://127.0.0.1")
    with caplog.at_level(logging.DEBUG):
        feed = other.get(path)
    assert feed.status_code == 200 and [entry["summary"] for entry in _entries(feed.text)] == ["A new lamp & a <b>."]
    token = path.partition("token=")[2]
    assert len(token) == 43 and token not in feed.text
    assert token not in "".join(
        record.getMessage() + str(record.__dict__.get("fields"))
        for record in caplog.records
        if record.name.startswith("cables")
    )
    assert client.get("/watches", headers=headers).json()["watches"][0]["feed"] is True
    assert other.get(f"/watches/{saved['id']}/feed").status_code == 401
    assert other.get(path + "x").status_code == 401
    assert other.get(path.replace(saved["id"], "other")).status_code == 401
    newer = client.post(f"/watches/{saved['id']}/feed", headers=headers).json()["url"].removeprefix("http://127.0.0.1")
    assert (other.get(path).status_code, other.get(newer).status_code) == (401, 200)
    keys.revoke("ada")
    assert other.get(newer).status_code == 401


def test_the_owners_feed_opens_on_this_machine_alone(client: TestClient) -> None:
    saved = _save(client, query="lamp")
    path = client.post(f"/watches/{saved['id']}/feed").json()["url"].removeprefix("http://127.0.0.1")
    Keys(_archive(client).catalog).add("ada", Clearance(Level.U))
    assert client.get(path).status_code == 200
    assert client.get(path, headers={"x-forwarded-for": "127.0.0.1"}).status_code == 401
    assert TestClient(client.app, base_url="http://127.0.0.1", client=("10.0.0.7", 1)).get(path).status_code == 401
