"""Misspelled parameters of an address."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from rag.settings import Settings
from tests.api.clients import client_of
from tests.api.small_archive import small_store


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with client_of(Settings(store=small_store(tmp_path_factory.mktemp("parameters") / "store"))) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/search?query=lamp&posts=QUILL", "query.posts: unknown parameter; did you mean post?"),
        ("/scan?query=lamp&date_form=2008-01-01", "query.date_form: unknown parameter; did you mean date_from?"),
        ("/answers?zzz=1", "query.zzz: unknown parameter; the parameters are cursor, limit"),
        ("/cables/08QUILL1?find=lamp", "query.find: unknown parameter; there are none here"),
        (f"/answers?{'z' * 500}=1", f"query.{'z' * 40}: unknown parameter; the parameters are cursor, limit"),
    ],
)
def test_an_unknown_parameter_is_refused_with_the_likeliest(client: TestClient, path: str, message: str) -> None:
    refused = client.get(path)
    assert (refused.status_code, refused.json()["detail"]) == (422, message)


def test_known_parameters_and_other_ways_in_are_let_through(client: TestClient) -> None:
    for path in ("/search?query=lamp&post=QUILL&k=3", "/cables?limit=1&tag=", "/healthz", "/v1/models?api-version=1"):
        assert client.get(path).status_code in (200, 400), path
    assert client.get("/?utm_source=letter").status_code == 200, "an address of the page may have been lengthened"
