"""Kept answers over HTTP: who sees which, what is left of one, asked again."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.auth.narrowing import ALSO, WITHIN
from rag.archive import Archive
from rag.catalog.keys import Keys
from rag.domain.access import Clearance
from rag.domain.marking import Level
from rag.index.owner_key import owner_key
from rag.settings import Settings
from tests.api.clients import client_of
from tests.api.events import events_of
from tests.api.small_archive import HIDDEN_OIL, OPEN_OIL, small_store
from tests.rag.samples import make_cable
from tests.rag.store_files import holding

OIL = "Who hid barrels of lamp oil, and what did the newspapers write of lamp oil?"
Headers = dict[str, str]


def bearer(token: str) -> Headers:
    return {"authorization": f"Bearer {token}"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_store(tmp_path_factory.mktemp("answers") / "store")


@pytest.fixture(scope="module")
def readers(store: Path) -> dict[str, Headers]:
    with Archive(Settings(store=store)) as archive:
        keys = Keys(archive.catalog)
        names = {"low": Level.U, "high": Level.S, "other": Level.S}
        return {name: bearer(keys.add(name, Clearance(level))) for name, level in names.items()}


@pytest.fixture(scope="module")
def client(store: Path, readers: dict[str, Headers]) -> Iterator[TestClient]:
    with client_of(Settings(store=store, audit_log=store / "audit.jsonl")) as client:
        yield client


def ask(client: TestClient, reader: Headers, question: str = OIL, **more: Any) -> dict[str, Any]:
    body = {"messages": [{"role": "user", "content": question}], "keep": True, **more}
    response = client.post("/chat", json=body, headers=reader)
    assert response.status_code == 200, response.text
    fields = response.json()
    assert isinstance(fields, dict)
    return fields


def test_an_answer_is_kept_only_where_that_is_asked_for(client: TestClient, readers: dict[str, Headers]) -> None:
    high = readers["high"]
    assert ask(client, high, keep=False).get("id") is None
    made = ask(client, high, filters={"post": "quill"})
    opened = client.get(f"/answers/{made['id']}", headers=high).json()
    assert {name: opened[name] for name in made if name not in ("trace", "citations")} == {
        name: made[name] for name in made if name not in ("trace", "citations")
    }
    assert {each["status"] for each in opened["citations"]} == {"unchanged"}
    assert (opened["by"], opened["withheld"], opened["note"]) == ("high", 0, "")
    assert opened["asked"]["question"] == OIL and opened["asked"]["filters"]["post"] == ["QUILL"]
    page = client.get("/answers", headers=high).json()
    assert [each["id"] for each in page["answers"]] == [made["id"]] and page["next"] is None


def test_a_streamed_answer_has_its_id_too(client: TestClient, readers: dict[str, Headers]) -> None:
    body = {"messages": [{"role": "user", "content": OIL}], "keep": True, "stream": True}
    events = events_of(client.post("/chat", json=body, headers=readers["other"]).text)
    kept_id = events[-1][1]["id"]
    assert client.delete(f"/answers/{kept_id}", headers=readers["other"]).status_code == 204


def test_others_are_told_that_there_is_none(client: TestClient, readers: dict[str, Headers], store: Path) -> None:
    kept_id = ask(client, readers["high"])["id"]
    path, note = f"/answers/{kept_id}", {"note": "mine"}
    absent = client.get("/answers/0123456789abcdef", headers=readers["other"])
    for name in ("other", "low"):
        for refused in (
            client.get(path, headers=readers[name]),
            client.post(f"{path}/again", headers=readers[name]),
            client.patch(path, json=note, headers=readers[name]),
            client.delete(path, headers=readers[name]),
        ):
            assert refused.status_code == absent.status_code == 404
            assert refused.text.replace(kept_id, "0123456789abcdef") == absent.text
        assert kept_id not in client.get("/answers", headers=readers[name]).text
    assert client.get(path).status_code == 401
    owner = bearer(owner_key(store) or "")
    assert client.get(path, headers=owner).json()["by"] == "high"
    also = owner | {ALSO: readers["other"]["authorization"].removeprefix("Bearer ")}
    assert client.get(path, headers=also).status_code == 404  # what is bounded by a key sees that key's answers
    assert kept_id not in client.get("/answers", headers=also).text


def test_a_narrower_reader_sees_what_rests_on_what_they_may_see(
    client: TestClient, readers: dict[str, Headers]
) -> None:
    made = ask(client, readers["high"])
    assert HIDDEN_OIL in made["answer"] and OPEN_OIL in made["answer"]
    narrow = readers["high"] | {WITHIN: "UNCLASSIFIED"}
    for form in ("json", "html"):
        shown = client.get(f"/answers/{made['id']}?format={form}", headers=narrow)
        assert "Quaxworth" not in shown.text and "LAMP OIL AND ITS PRICE" not in shown.text
        assert OPEN_OIL in shown.text
    fields = client.get(f"/answers/{made['id']}", headers=narrow).json()
    assert {each["key"]: each["status"] for each in fields["citations"]} == {
        "08QUILL1#1": "gone",
        "08QUILL1#2": "unchanged",
    }
    again = client.post(f"/answers/{made['id']}/again", headers=narrow)
    assert "Quaxworth" not in again.text


def test_a_note_is_changed_and_an_answer_deleted(client: TestClient, readers: dict[str, Headers]) -> None:
    path = f"/answers/{ask(client, readers['low'])['id']}"
    assert client.patch(path, json={"note": "for chapter 3"}, headers=readers["low"]).json()["note"] == "for chapter 3"
    assert client.patch(path, json={"note": "a" * 2001}, headers=readers["low"]).status_code == 422
    assert client.delete(path, headers=readers["low"]).status_code == 204
    assert client.get(path, headers=readers["low"]).status_code == 404
    assert client.get("/answers?cursor=x", headers=readers["low"]).status_code == 400


def test_a_file_for_whoever_asks_for_html(client: TestClient, readers: dict[str, Headers]) -> None:
    path = f"/answers/{ask(client, readers['high'])['id']}"
    for shown in (
        client.get(path, headers=readers["high"] | {"accept": "text/html,*/*;q=0.8"}),
        client.get(path, params={"format": "html"}, headers=readers["high"]),
    ):
        assert shown.headers["content-type"].startswith("text/html")
        assert shown.headers["content-security-policy"].startswith("default-src 'none'; style-src")
        assert f"<mark>{HIDDEN_OIL}</mark>" in shown.text and "How to cite: Quill, “LAMP OIL" in shown.text
    as_json = client.get(path, params={"format": "json"}, headers=readers["high"] | {"accept": "text/html"})
    assert as_json.json()["kind"] == "content"


def test_asked_again_after_the_archive_has_changed(tmp_path: Path) -> None:
    with client_of(Settings(store=small_store(tmp_path / "store"))) as client:
        made = ask(client, {})
        archive = client.app.state.archive  # type: ignore[attr-defined]
        assert isinstance(archive, Archive)
        archive.catalog.put(make_cable("08QUILL1", HIDDEN_OIL, ("U", OPEN_OIL.replace("doubled", "tripled"))))
        archive.index_pending()
        opened = client.get(f"/answers/{made['id']}").json()
        assert {each["key"]: each["status"] for each in opened["citations"]}["08QUILL1#2"] == "changed"
        done = client.post(f"/answers/{made['id']}/again").json()
        assert [each["text"] for each in done["sentences"]["removed"]] == [OPEN_OIL]
        assert "tripled" in done["sentences"]["added"][0]["text"] and done["sentences"]["same"]
        assert done["citations"] == {"added": [], "removed": []} and done["answer"]["id"] is None


def test_a_withdrawal_reaches_what_was_kept(tmp_path: Path) -> None:
    store = small_store(tmp_path / "store")
    with client_of(Settings(store=store)) as client:
        made = ask(client, {})
        order = {"cable_id": "08QUILL1", "locators": ["1"], "reason": "a source"}
        done = client.post("/owner/withdrawals", json=order, headers=bearer(owner_key(store) or ""))
        assert done.status_code == 200, done.text
        opened = client.get(f"/answers/{made['id']}").json()
        assert {each["key"]: each["status"] for each in opened["citations"]}["08QUILL1#1"] == "gone"
        assert OPEN_OIL in opened["answer"] and opened["question"] == ""
        assert holding(store, "Quaxworth", "hid barrels") == []
        refused = client.post(f"/answers/{made['id']}/again")
        assert refused.status_code == 400 and "was erased" in refused.text


def test_what_was_shown_is_in_the_audit_log(client: TestClient, readers: dict[str, Headers], store: Path) -> None:
    made = ask(client, readers["high"])
    narrow = readers["high"] | {WITHIN: "UNCLASSIFIED"}
    for reader, form, keys in (
        (narrow, "json", ["08QUILL1#2"]),
        (narrow, "html", ["08QUILL1#2"]),
        (readers["high"], "html", ["08QUILL1#1", "08QUILL1#2"]),
    ):
        client.get(f"/answers/{made['id']}?format={form}", headers=reader)
        last = json.loads((store / "audit.jsonl").read_text(encoding="utf-8").splitlines()[-1])
        assert (last["who"], last["what"]) == ("high", f"GET /answers/{made['id']}")
        assert last["paragraphs"] == keys
