"""Problems below /v1 in the form of the OpenAI API."""

from http import HTTPStatus

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from api.openai.errors import OpenAIErrors, add_openai_errors, error_body, openai_responses
from api.openai.refusals import RequestRefused
from api.problems import problem


@pytest.mark.parametrize(
    ("status", "kind", "code"),
    [
        (401, "authentication_error", "invalid_api_key"),
        (403, "permission_error", None),
        (404, "invalid_request_error", "not_found"),
        (422, "invalid_request_error", None),
        (429, "rate_limit_error", "rate_limit_exceeded"),
        (503, "server_error", None),
    ],
)
def test_each_status_has_its_kind(status: int, kind: str, code: str | None) -> None:
    assert error_body(status, "why") == {"error": {"message": "why", "type": kind, "param": None, "code": code}}


async def service(scope: Scope, receive: Receive, send: Send) -> None:
    """A problem at every path that ends in `/refused`."""
    refused = scope["path"].endswith("/refused")
    response = problem(HTTPStatus.TOO_MANY_REQUESTS, "slower", retry_after=7) if refused else PlainTextResponse("ok")
    await response(scope, receive, send)


@pytest.mark.anyio
async def test_problems_below_v1_are_rewritten_and_all_else_passes() -> None:
    transport = httpx.ASGITransport(OpenAIErrors(service))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        rewritten = await client.get("/v1/refused")
        assert rewritten.status_code == 429 and rewritten.headers["retry-after"] == "7"
        assert rewritten.headers["content-type"] == "application/json"
        assert rewritten.json() == error_body(429, "slower")
        assert (await client.get("/refused")).json()["detail"] == "slower"
        assert (await client.get("/v1/models")).text == "ok"


def test_the_document_describes_the_errors_of_a_route() -> None:
    assert set(openai_responses(HTTPStatus.NOT_FOUND)) == {404, 422}


def test_a_refusal_names_its_parameter() -> None:
    app = FastAPI()
    add_openai_errors(app)

    @app.get("/v1/refused")
    def refused() -> None:
        raise RequestRefused("there is one answer", "n", "unsupported_value")

    response = TestClient(app).get("/v1/refused")
    assert response.status_code == 400
    assert response.json() == error_body(400, "there is one answer", "n", "unsupported_value")
