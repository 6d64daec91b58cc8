"""Requests that ask to see less than their key opens."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from fastapi.testclient import TestClient

from api.http.settings import HttpSettings
from rag.catalog.catalog import open_catalog
from rag.catalog.keys import Keys
from rag.domain.access import OWNER, Clearance
from rag.domain.marking import Level
from rag.settings import Settings
from tests.api.clients import client_of

SEARCH = "/search?query=port&k=50"
SECRET = Clearance(Level.S, noforn=True)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, sample_store: Path) -> Path:
    return copytree(sample_store, tmp_path_factory.mktemp("narrowing") / "store")


@pytest.fixture(scope="module")
def tokens(store: Path) -> dict[str, str]:
    with open_catalog(Settings(store=store)) as catalog:
        keys = Keys(catalog)
        return {"secret": keys.add("secret", SECRET), "plain": keys.add("plain", Clearance(Level.U))}


@pytest.fixture(scope="module")
def client(store: Path, tokens: dict[str, str]) -> Iterator[TestClient]:
    with client_of(Settings(store=store), HttpSettings(rate_limit="10000/minute")) as client:
        yield client


def found(client: TestClient, key: str, **bounds: str) -> set[str]:
    response = client.get(SEARCH, headers={"authorization": f"Bearer {key}", **bounds})
    assert response.status_code == 200
    assert ("x-cables-narrowed" in response.headers) == bool(bounds)
    return {each["key"] for each in response.json()}


def test_a_bound_shows_what_a_key_of_that_level_sees(client: TestClient, tokens: dict[str, str]) -> None:
    all_of_it, unclassified = found(client, tokens["secret"]), found(client, tokens["plain"])
    assert unclassified and all_of_it - unclassified
    assert found(client, tokens["secret"], **{"x-cables-within": "UNCLASSIFIED"}) == unclassified
    assert found(client, tokens["secret"], **{"x-cables-also": tokens["plain"]}) == unclassified
    assert found(client, tokens["plain"], **{"x-cables-within": "TOP SECRET"}) == unclassified
    assert found(client, tokens["plain"], **{"x-cables-also": tokens["secret"]}) == unclassified
    assert found(client, tokens["secret"], **{"x-cables-within": "TOP SECRET//NOFORN//NODIS//EXDIS"}) == all_of_it


def test_a_bound_holds_for_an_answer_as_it_streams(client: TestClient, tokens: dict[str, str]) -> None:
    body = {"messages": [{"role": "user", "content": "port"}], "stream": True}
    headers = {"authorization": f"Bearer {tokens['secret']}", "x-cables-within": "UNCLASSIFIED"}
    response = client.post("/chat", json=body, headers=headers)
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["x-cables-narrowed"] == "yes"


@pytest.mark.parametrize(
    ("bounds", "status", "words"),
    [
        ({"x-cables-within": ""}, 400, "UNCLASSIFIED"),
        ({"x-cables-within": "China"}, 400, "UNCLASSIFIED"),
        ({"x-cables-also": "no key"}, 401, "not known"),
        ({"x-cables-also": ""}, 401, "a key is needed"),
    ],
)
def test_a_bound_that_cannot_be_kept_is_refused(
    client: TestClient, tokens: dict[str, str], bounds: dict[str, str], status: int, words: str
) -> None:
    response = client.get(SEARCH, headers={"authorization": f"Bearer {tokens['secret']}", **bounds})
    assert response.status_code == status and words in response.json()["detail"]


def test_what_two_readers_may_both_see() -> None:
    confidential = Clearance(Level.C, nodis=True, noforn=True)
    assert SECRET.within(confidential) == confidential.within(SECRET) == Clearance(Level.C, noforn=True)
    assert OWNER.within(SECRET) == SECRET.within(OWNER) == SECRET
    assert OWNER.within(OWNER) == OWNER
