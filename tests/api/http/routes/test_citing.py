"""Citations over HTTP, of the sample archive and of a small one with a hidden subject."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from rag.archive import Archive
from rag.catalog.keys import Keys
from rag.domain.access import Clearance
from rag.domain.marking import Level
from rag.settings import Settings
from tests.api.clients import client_of
from tests.api.small_archive import small_store

CABLE = "/cables/07QUILLHAVEN2340"


@pytest.fixture(scope="module")
def client(sample_store: Path) -> Iterator[TestClient]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CABLES_PUBLIC_URL", "https://cables.example")
        with client_of(Settings(store=sample_store, archive_name="Sample Archive")) as client:
            yield client


def test_a_paragraph_is_cited_by_a_note(client: TestClient) -> None:
    body = client.get(f"{CABLE}/paragraphs/5/cite").json()
    assert (body["key"], body["style"], body["in_text"]) == ("07QUILLHAVEN2340#5", "chicago", None)
    assert body["text"].startswith("U.S. Embassy Quillhaven, “THE LAMP ON GANNET ROCK")
    assert body["text"].endswith(
        "confidential cable 07QUILLHAVEN2340, August 27, 2007, para. 5, Sample Archive, "
        "https://cables.example/read/07QUILLHAVEN2340#p5."
    )


@pytest.mark.parametrize("style", ["chicago", "chicago-bibliography", "mla", "bibtex", "ris", "csl-json"])
def test_a_cable_is_cited_in_every_style(client: TestClient, style: str) -> None:
    body = client.get(f"{CABLE}/cite", params={"style": style}).json()
    assert (body["key"], body["style"]) == ("07QUILLHAVEN2340", style) and "07QUILLHAVEN2340" in body["text"]
    plain = client.get(f"{CABLE}/cite", params={"style": style}, headers={"accept": "text/plain"})
    assert plain.text == body["text"] and plain.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    ("accept", "start"),
    [
        ("application/x-bibtex", "@misc{07QUILLHAVEN2340-5,"),
        ("application/x-research-info-systems", "TY  - RPRT\r\n"),
        ("application/vnd.citationstyles.csl+json, */*;q=0.1", "[\n"),
    ],
)
def test_reference_managers_ask_by_media_type(client: TestClient, accept: str, start: str) -> None:
    response = client.get(f"{CABLE}/paragraphs/5/cite", headers={"accept": accept})
    assert response.text.startswith(start)
    assert response.headers["content-type"].partition(";")[0] == accept.partition(",")[0]


def test_what_is_wrong_is_said(client: TestClient) -> None:
    assert client.get("/cables/nonsense!/cite").status_code == 400
    assert client.get("/cables/08NOWHERE1/cite").status_code == 404
    assert client.get(f"{CABLE}/paragraphs/99/cite").status_code == 404
    assert client.get(f"{CABLE}/cite", params={"style": "apa"}).status_code == 422


def test_the_subject_is_for_those_who_may_see_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CABLES_PUBLIC_URL", raising=False)  # of the client above
    log = tmp_path / "audit.jsonl"
    store = small_store(tmp_path / "store")
    with Archive(Settings(store=store)) as archive:
        key = Keys(archive.catalog).add("low", Clearance(Level.U))
        high = Keys(archive.catalog).add("high", Clearance(Level.S))
    with client_of(Settings(store=store, audit_log=log)) as client:
        low = {"authorization": f"Bearer {key}"}
        seen = client.get("/cables/08QUILL1/paragraphs/2/cite", headers=low).json()["text"]
        assert seen == "Quill, unclassified cable 08QUILL1, August 28, 2008, para. 2."
        whole = client.get("/cables/08QUILL1/cite", headers=low).json()["text"]
        assert whole == "Quill, cable 08QUILL1, August 28, 2008."
        open_to_high = client.get("/cables/08QUILL1/cite", headers={"authorization": f"Bearer {high}"})
        assert "“LAMP OIL AND ITS PRICE,” confidential cable" in open_to_high.json()["text"]
        for hidden in ("/cables/08QUILL1/paragraphs/1/cite", "/cables/08QUILL2/cite"):
            absent = client.get(hidden.replace("QUILL2", "QUILL9").replace("phs/1", "phs/8"), headers=low)
            assert client.get(hidden, headers=low).status_code == absent.status_code == 404
    entries = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert [(entry["who"], entry["cables"]) for entry in entries] == [
        ("low", ["08QUILL1"]),
        ("low", ["08QUILL1"]),
        ("high", ["08QUILL1"]),
    ]
