"""Drafts checked over HTTP, by readers who may see all and little."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from rag.archive import Archive
from rag.catalog.keys import Keys
from rag.domain.access import Clearance
from rag.domain.marking import Level
from rag.settings import Settings
from tests.api.clients import client_of
from tests.api.small_archive import small_store


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, str, str, Path]]:
    """A client of a small archive, a key for what is open and one for everything, and the audit log."""
    folder = tmp_path_factory.mktemp("checked")
    store = small_store(folder / "store")
    with Archive(Settings(store=store)) as archive:
        low, high = (Keys(archive.catalog).add(level.name, Clearance(level)) for level in (Level.U, Level.S))
    with client_of(Settings(store=store, audit_log=folder / "audit.jsonl")) as client:
        yield client, low, high, folder / "audit.jsonl"


def check(client: TestClient, key: str, text: str) -> list[dict[str, Any]]:
    response = client.post("/check", json={"text": text}, headers={"authorization": f"Bearer {key}"})
    assert response.status_code == 200, response.text
    found: list[dict[str, Any]] = response.json()["citations"]
    return found


def test_citations_and_quotations_of_a_draft(keys: tuple[TestClient, str, str, Path]) -> None:
    client, _, high, log = keys
    text = "They say “eleven barrels of lamp oil” (Quill 1 para 1) and “the price has fallen” [QUILL 1 ¶2]; QUIL 2 ¶1."
    found = check(client, high, text)
    assert [(each["text"], each["status"]) for each in found] == [
        ("Quill 1 para 1", "ok"),
        ("QUILL 1 ¶2", "ok"),
        ("QUIL 2 ¶1", "unknown"),
    ]
    assert [each["quotation"] and each["quotation"]["status"] for each in found] == ["exact", "absent", None]
    assert found[2]["suggestions"][0] == {
        "key": "08QUILL2#1",
        "citation": "QUILL 2 ¶1",
        "url": "/cables/08QUILL2/paragraphs/1",
    }
    assert all(text[each["start"] : each["end"]] == each["text"] for each in found)
    assert json.loads(log.read_text(encoding="utf-8").splitlines()[-1])["paragraphs"] == ["08QUILL1#1"]


def test_what_a_reader_may_not_see_is_as_if_absent(keys: tuple[TestClient, str, str, Path]) -> None:
    client, low, _, _ = keys
    draft = "As {}QUILL2 ¶1 and {}QUILL2 say, “nobody paid for the ferry” and “hid eleven barrels of lamp oil”."
    hidden, absent = (check(client, low, draft.format(year, year)) for year in ("08", "05"))
    for each in (*hidden, *absent):
        assert each["status"] == "unknown"
        assert [quoted["status"] for quoted in each["quotations"]] in ([], ["absent", "absent"])
    assert [each["suggestions"] for each in hidden] == [each["suggestions"] for each in absent]


def test_a_draft_that_is_too_long_is_refused(keys: tuple[TestClient, str, str, Path]) -> None:
    client, _, high, _ = keys
    refused = client.post("/check", json={"text": "a" * 1_000_001}, headers={"authorization": f"Bearer {high}"})
    assert refused.status_code == 400 and "at most 1,000,000" in refused.json()["detail"]
    larger = client.post("/check", json={"text": "a" * 5_000_000}, headers={"authorization": f"Bearer {high}"})
    assert larger.status_code == 413
