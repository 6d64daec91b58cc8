"""Errors as pages; forms of other sites."""

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient
from starlette.responses import PlainTextResponse, Response

from api.web.page_route import PageRoute, refuse_foreign
from rag.errors import BadInput, NotFound, StoreUnavailable, Unauthorized
from tests.api.web.elements import request_to

ERRORS = {
    "missing": (NotFound("no cable 08NOWHERE1"), 404, "No cable 08NOWHERE1."),
    "bad": (BadInput("not a cable id"), 400, "Not a cable id."),
    "down": (StoreUnavailable("the catalog does not answer"), 503, "The catalog does not answer."),
    "locked": (Unauthorized("this key was revoked"), 401, "This archive asks for a key"),
}


@pytest.fixture
def client() -> TestClient:
    router = APIRouter(route_class=PageRoute)

    @router.get("/{name}")
    @router.post("/{name}")
    def fail(name: str) -> Response:
        if name == "fine":
            return PlainTextResponse("fine")
        raise ERRORS[name][0]

    app = FastAPI()
    app.include_router(router)
    return TestClient(app, base_url="http://127.0.0.1")


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_is_a_page_with_its_status(client: TestClient, name: str) -> None:
    response = client.get(f"/{name}")
    assert response.status_code == ERRORS[name][1] and ERRORS[name][2] in response.text
    assert response.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in response.headers["content-security-policy"]


def test_the_form_for_a_key_leads_back_and_says_why_a_key_was_refused(client: TestClient) -> None:
    response = client.get("/locked?q=a%20b")
    assert 'name="back" value="/locked?q=a%20b"' in response.text and "revoked" not in response.text
    client.cookies.set("cables_key", "old")
    assert "this key was revoked" in client.get("/locked").text
    assert 'name="back" value="/"' in client.post("/locked").text


def test_a_form_of_another_site_is_refused(client: TestClient) -> None:
    assert client.post("/fine").text == "fine"
    assert (
        client.post("/fine", headers={"origin": "https://behind.a.proxy", "sec-fetch-site": "same-origin"}).text
        == "fine"
    )
    for headers in ({"origin": "https://elsewhere"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}):
        refused = client.post("/fine", headers=headers)
        assert refused.status_code == 400 and "another site" in refused.text


def test_a_program_that_is_no_browser_names_no_origin() -> None:
    refuse_foreign(request_to("/", method="POST"))
    with pytest.raises(BadInput, match="another site"):
        refuse_foreign(request_to("/", method="POST", origin="http://127.0.0.1:1"))
