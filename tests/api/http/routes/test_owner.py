"""What only the owner may have done; and what is left of a withdrawn cable for them and for everybody else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.client import refusal
from rag.catalog.catalog import open_catalog
from rag.catalog.keys import Keys
from rag.domain.access import Clearance
from rag.domain.marking import Level
from rag.errors import Withdrawn
from rag.index.owner_key import owner_key
from rag.settings import Settings
from tests.api.clients import client_of
from tests.api.small_archive import HIDDEN_OIL, small_store
from tests.rag.store_files import holding

WITHDRAWALS = "/owner/withdrawals"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_store(tmp_path_factory.mktemp("owner") / "store")


@pytest.fixture(scope="module")
def client(store: Path) -> Iterator[TestClient]:
    with client_of(Settings(store=store)) as client:
        yield client


@pytest.fixture(scope="module")
def reader(store: Path) -> dict[str, str]:
    clearance = Clearance(Level.TS, noforn=True, nodis=True, exdis=True)
    with open_catalog(Settings(store=store)) as catalog:
        return {"authorization": f"Bearer {Keys(catalog).add('reader', clearance)}"}


@pytest.fixture(scope="module")
def owner(store: Path, client: TestClient) -> dict[str, str]:
    return {"authorization": f"Bearer {owner_key(store)}"}


def test_nobody_else_may_withdraw(client: TestClient, reader: dict[str, str], owner: dict[str, str]) -> None:
    body = {"cable_id": "08QUILL1", "reason": "a reason"}
    for headers in ({}, reader, owner | {"x-forwarded-for": "10.0.0.1"}):
        assert client.post(WITHDRAWALS, json=body, headers=headers).status_code == 401
        assert client.get(WITHDRAWALS, headers=headers).status_code == 401
        assert client.delete(f"{WITHDRAWALS}/08QUILL1", headers=headers).status_code == 401
    assert client.get("/cables/08QUILL1", headers=reader).status_code == 200
    assert client.get(WITHDRAWALS, headers=owner).json() == []
    assert client.get("/owner/index", headers=reader).status_code == 401
    assert client.get("/owner/index", headers=owner).json() is None  # nothing is sent to another machine
    assert client.post("/owner/index", headers=owner).json() == {"indexed": 0, "waiting": 0}


def test_orders_that_cannot_be_carried_out(client: TestClient, owner: dict[str, str]) -> None:
    for body, status in (
        ({"cable_id": "nonsense", "reason": "a"}, 400),
        ({"cable_id": "08QUILL77", "reason": "a"}, 404),
        ({"cable_id": "08QUILL1", "reason": ""}, 400),
        ({"cable_id": "08QUILL1", "reason": "a", "locators": ["9"]}, 404),
        ({"cable_id": "08QUILL1", "reason": "a", "name": "Nobody Such"}, 404),
        ({"cable_id": "08QUILL1", "reason": "a", "surprise": 1}, 422),
    ):
        assert client.post(WITHDRAWALS, json=body, headers=owner).status_code == status, body
    assert client.delete(f"{WITHDRAWALS}/08QUILL2", headers=owner).status_code == 404


def test_a_paragraph_then_a_name_then_the_cable(
    client: TestClient, reader: dict[str, str], owner: dict[str, str], store: Path
) -> None:
    answer = client.get("/search", params={"query": "lamp oil price"}, headers=reader).json()
    assert {"08QUILL1#1", "08QUILL1#2"} <= {each["key"] for each in answer}
    redaction = {"cable_id": "08QUILL1", "locators": ["1"], "reason": "a", "name": "Quaxworth", "replacement": "XXXX"}
    assert client.post(WITHDRAWALS, json=redaction, headers=owner).json()["keys"] == ["08QUILL1#1"]
    shown = client.get("/cables/08QUILL1/paragraphs/1", headers=reader).json()
    assert shown["text"] == HIDDEN_OIL.replace("Quaxworth", "XXXX")
    assert holding(store, "Quaxworth") == []
    withdrawal = {"cable_id": "08QUILL1", "locators": ["2"], "reason": "a source", "by": "Bo"}
    assert client.post(WITHDRAWALS, json=withdrawal, headers=owner).json()["keys"] == ["08QUILL1#2"]
    gone = client.get("/cables/08QUILL1/paragraphs/2", headers=owner)
    assert gone.status_code == 410 and "by Bo: a source" in gone.json()["detail"]
    unknown = client.get("/cables/08QUILL1/paragraphs/9", headers=reader)
    hidden = client.get("/cables/08QUILL1/paragraphs/2", headers=reader)
    assert hidden.status_code == 404 and hidden.text == unknown.text.replace("¶9", "¶2")
    assert client.post(WITHDRAWALS, json={"cable_id": "08QUILL1", "reason": "all"}, headers=owner).status_code == 200
    assert holding(store, "eleven barrels", "newspapers of the port") == []
    assert [each["kind"] for each in client.get(WITHDRAWALS, headers=owner).json()] == [
        "redacted",
        "withdrawn",
        "withdrawn",
    ]


PATHS = ["/cables/{}", "/cables/{}/references", "/cables/{}/paragraphs/1", "/cables/{}/paragraphs/1/similar"]


@pytest.mark.parametrize("path", [*PATHS, "/resolve?citation={}"])
def test_a_link_to_it_is_gone_for_the_owner_and_unknown_to_others(
    client: TestClient, reader: dict[str, str], owner: dict[str, str], path: str
) -> None:
    gone = client.get(path.format("08QUILL1"), headers=owner)
    assert (gone.status_code, gone.headers["content-type"]) == (410, "application/problem+json")
    assert isinstance(refusal(410, gone.json()), Withdrawn)
    hidden, unknown = (client.get(path.format(each), headers=reader) for each in ("08QUILL1", "08QUILL8"))
    assert hidden.status_code == unknown.status_code
    if hidden.status_code == 404:
        assert hidden.text == unknown.text.replace("08QUILL8", "08QUILL1")
    else:
        assert hidden.json()["resolved"] is None
        assert "08QUILL1" not in [each["cable_id"] for each in hidden.json()["suggestions"]]


def test_all_else_is_as_if_it_had_never_been_there(client: TestClient, reader: dict[str, str]) -> None:
    assert [each["id"] for each in client.get("/cables", headers=reader).json()["cables"]] == [
        "08QUILL2", "08QUILL3", "08QUILL4",
    ]  # fmt: skip
    outgoing = client.get("/cables/08QUILL2/references", headers=reader).json()["outgoing"]
    assert [(each["cable_id"], each["in_archive"]) for each in outgoing] == [("08QUILL1", False), ("07QUILL9", False)]
    found = client.get("/search", params={"query": "lamp oil price"}, headers=reader).json()
    assert "08QUILL1" not in {each["cable_id"] for each in found}
    body = {"messages": [{"role": "user", "content": "Who hid eleven barrels of lamp oil?"}]}
    assert "08QUILL1" not in client.post("/chat", json=body, headers=reader).text


def test_a_lifted_cable_is_unknown_to_the_owner_too(client: TestClient, owner: dict[str, str]) -> None:
    lifted = client.delete(f"{WITHDRAWALS}/08QUILL1", headers=owner).json()
    assert len(lifted) == 3 and client.get(WITHDRAWALS, headers=owner).json() == []
    assert client.get("/cables/08QUILL1", headers=owner).status_code == 404
