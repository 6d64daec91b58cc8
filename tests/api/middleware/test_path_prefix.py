"""The path under which a proxy serves the service."""

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from api.middleware.path_prefix import PathPrefix, path_within


def client(prefix: str = "") -> TestClient:
    async def base(request: Request) -> PlainTextResponse:
        return PlainTextResponse(f"{request.base_url.path} {path_within(request.scope)}")

    return TestClient(PathPrefix(Starlette(routes=[Route("/", base), Route("/read/{cable}", base)]), prefix))


@pytest.mark.parametrize("path", ["/read/08QUILL1", "/archive/read/08QUILL1"])
def test_a_proxy_may_strip_its_prefix_or_leave_it(path: str) -> None:
    assert client().get(path, headers={"x-forwarded-prefix": "/archive/"}).text == "/archive/ /read/08QUILL1"
    assert client("/archive").get(path).text == "/archive/ /read/08QUILL1"
    assert client("/archive").get("/archive").text == "/archive/ /"


@pytest.mark.parametrize("prefix", ["//elsewhere.example", "https://elsewhere.example", "archive", "/a b", "/<b>", "/"])
def test_what_is_no_prefix_is_ignored(prefix: str) -> None:
    assert client().get("/", headers={"x-forwarded-prefix": prefix}).text == "/ /"
