"""The client of the service: what it sends, and the errors it raises."""

import json
from datetime import date

import httpx
import pytest

from api.client import KeyRefused, ServiceClient, ServiceDown, http_client
from rag.domain.filters import Filters
from rag.domain.outgoing import Outgoing
from rag.errors import BadInput, CablesError, NotFound

FILTERS = Filters.of(["New Delhi"], ["prel"], date(2008, 1, 1), None, ["secret"])


def client_of(status: int, body: object, requests: list[httpx.Request] | None = None) -> ServiceClient:
    def respond(request: httpx.Request) -> httpx.Response:
        if requests is not None:
            requests.append(request)
        return httpx.Response(status, content=body if isinstance(body, bytes) else json.dumps(body).encode())

    return ServiceClient(httpx.AsyncClient(transport=httpx.MockTransport(respond), base_url="http://service"))


@pytest.mark.anyio
async def test_ask_posts_the_question_and_its_filters() -> None:
    requests: list[httpx.Request] = []
    assert await client_of(200, {"answer": "Yes."}, requests).ask("Is it lit?", FILTERS) == {"answer": "Yes."}
    (request,) = requests
    assert (request.method, request.url.path) == ("POST", "/chat")
    assert json.loads(request.content) == {
        "messages": [{"role": "user", "content": "Is it lit?"}],
        "filters": {"post": ["NEWDELHI"], "tag": ["PREL"], "classification": ["SECRET"], "date_from": "2008-01-01"},
    }


@pytest.mark.anyio
async def test_an_answer_is_kept_and_asked_again() -> None:
    requests: list[httpx.Request] = []
    client = client_of(200, {"answer": "Yes."}, requests)
    await client.ask("Is it lit?", FILTERS, keep=True)
    await client.again("a/b")
    assert json.loads(requests[0].content)["keep"] is True
    assert (requests[1].method, requests[1].url.raw_path) == ("POST", b"/answers/a%2Fb/again")


@pytest.mark.anyio
async def test_what_the_service_would_send_is_asked_for() -> None:
    requests: list[httpx.Request] = []
    body = {"to": "openai:words", "paragraphs": 2, "characters": 90}
    assert await client_of(200, body, requests).outgoing() == Outgoing("openai:words", 2, 90)
    assert (requests[0].method, requests[0].url.path) == ("GET", "/owner/index")
    assert await client_of(200, None).outgoing() is None


@pytest.mark.anyio
async def test_search_sends_query_and_filters_as_parameters() -> None:
    requests: list[httpx.Request] = []
    assert await client_of(200, [], requests).search("lamp", 3, FILTERS) == []
    assert dict(requests[0].url.params) == {
        "query": "lamp",
        "k": "3",
        "post": "NEWDELHI",
        "tag": "PREL",
        "classification": "SECRET",
        "date_from": "2008-01-01",
    }


@pytest.mark.anyio
async def test_cables_are_listed_under_the_conditions_given() -> None:
    requests: list[httpx.Request] = []
    client = client_of(200, {"total": 0}, requests)
    assert await client.cables(0, post=None, year=2008, date_from=date(2008, 1, 1)) == {"total": 0}
    await client.cables(5, "abc")
    assert [dict(request.url.params) for request in requests] == [
        {"limit": "0", "year": "2008", "date_from": "2008-01-01"},
        {"limit": "5", "cursor": "abc"},
    ]


@pytest.mark.anyio
async def test_the_timeline_has_query_and_filters() -> None:
    requests: list[httpx.Request] = []
    assert await client_of(200, [], requests).timeline("lamp", Filters.of(["Rome"])) == []
    assert (requests[0].url.path, dict(requests[0].url.params)) == ("/timeline", {"query": "lamp", "post": "ROME"})


@pytest.mark.anyio
async def test_scan_sends_a_cursor_where_it_has_one() -> None:
    requests: list[httpx.Request] = []
    client = client_of(200, {"hits": []}, requests)
    assert await client.scan("lamp*", 3, Filters()) == {"hits": []}
    await client.scan("lamp*", 3, Filters.of(["Rome"]), "abc")
    assert [dict(request.url.params) for request in requests] == [
        {"query": "lamp*", "limit": "3"},
        {"query": "lamp*", "limit": "3", "post": "ROME", "cursor": "abc"},
    ]


@pytest.mark.anyio
async def test_segments_of_a_path_are_quoted() -> None:
    requests: list[httpx.Request] = []
    await client_of(200, {}, requests).get("cables", "08TOKYO1/../x", "paragraphs", "5~2")
    assert requests[0].url.raw_path == b"/cables/08TOKYO1%2F..%2Fx/paragraphs/5~2"


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, BadInput),
        (401, KeyRefused),
        (403, KeyRefused),
        (404, NotFound),
        (408, ServiceDown),
        (422, BadInput),
        (429, ServiceDown),
        (500, ServiceDown),
        (503, ServiceDown),
    ],
)
async def test_a_refusal_is_an_error_with_the_words_of_the_service(status: int, error: type[CablesError]) -> None:
    with pytest.raises(error, match="the lamp is out"):
        await client_of(status, {"detail": "the lamp is out"}).index()


@pytest.mark.anyio
async def test_a_service_that_does_not_answer_in_json_is_down() -> None:
    with pytest.raises(ServiceDown, match="http://service does not answer"):
        await client_of(200, b"<html>").index()


def test_a_key_is_sent_as_bearer() -> None:
    assert http_client("http://service", "k").headers["authorization"] == "Bearer k"
    assert "authorization" not in http_client("http://service", None).headers
