"""The content security policy of HTML responses."""

import re

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from api.web.policy import PagePolicy

PAGE = "<html><script>one()</script><p>ä</p><script src='x'></script></html>"


async def page(request: Request) -> HTMLResponse:
    return HTMLResponse(PAGE)


async def streamed(request: Request) -> StreamingResponse:
    return StreamingResponse(iter([PAGE[:9], PAGE[9:]]), media_type="text/html")


async def data(request: Request) -> JSONResponse:
    return JSONResponse({"html": "<script>"})


CLIENT = TestClient(
    PagePolicy(Starlette(routes=[Route("/", page), Route("/streamed", streamed), Route("/data", data)]))
)


def test_scripts_of_a_page_get_the_nonce_of_its_policy() -> None:
    for path in ("/", "/streamed"):
        response = CLIENT.get(path)
        nonce = re.search(r"'nonce-([^']+)'", response.headers["content-security-policy"])
        assert nonce is not None
        assert response.text == PAGE.replace("<script", f'<script nonce="{nonce[1]}"')
        assert int(response.headers["content-length"]) == len(response.content)


def test_every_response_has_a_nonce_of_its_own() -> None:
    first, second = (CLIENT.get("/").headers["content-security-policy"] for _ in range(2))
    assert first != second


def test_other_responses_are_left_alone() -> None:
    response = CLIENT.get("/data")
    assert "content-security-policy" not in response.headers
    assert response.json() == {"html": "<script>"}
