"""The pages' own files."""

import gzip
from hashlib import sha256

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.web.assets import VENDORED, asset_path, content_of, router


@pytest.fixture
def client() -> TestClient:
    app = FastAPI()
    app.include_router(router)
    return TestClient(app)


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("page.css", "text/css"), ("page.js", "text/javascript"), ("htmx.min.js", "text/javascript")],
)
def test_each_file_is_cached_for_good_under_a_path_of_its_content(
    client: TestClient, name: str, media_type: str
) -> None:
    response = client.get(asset_path(name))
    assert response.headers["content-type"].startswith(media_type) and response.text
    assert "immutable" in response.headers["cache-control"]
    assert client.get(f"/assets/000000000000/{name}").status_code == 404


def test_files_are_compressed_for_those_that_can_read_it(client: TestClient) -> None:
    with client.stream("GET", asset_path("page.css"), headers={"accept-encoding": "gzip"}) as response:
        assert gzip.decompress(b"".join(response.iter_raw())) == content_of("page.css")
    assert "content-encoding" not in client.get(asset_path("page.css"), headers={"accept-encoding": "br"}).headers


def test_no_other_file_is_served(client: TestClient) -> None:
    assert client.get("/assets/000000000000/secret.txt").status_code == 404


def test_the_files_of_htmx_are_unchanged() -> None:
    assert {name: sha256(content_of(name)).hexdigest() for name in VENDORED} == VENDORED
