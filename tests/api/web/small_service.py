"""The pages over a small archive, in the test's own process."""

from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

from api.http.settings import HttpSettings
from rag.settings import Settings
from tests.api.clients import client_of
from tests.api.small_archive import small_store

QUESTION = "Who hid eleven barrels of lamp oil from the customs officers?"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A browser of this machine, without scripts."""
    with client_of(Settings(store=small_store(tmp_path_factory.mktemp("pages") / "store"))) as client:
        yield client


@pytest.fixture(scope="module")
def prefixed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The same under a prefix that a proxy strips."""
    settings = Settings(store=small_store(tmp_path_factory.mktemp("prefixed") / "store"))
    with client_of(settings, HttpSettings(root_path="/archive")) as client:
        yield client


def soup(text: str) -> BeautifulSoup:
    """A page."""
    return BeautifulSoup(text, "html.parser")
