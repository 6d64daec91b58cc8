"""The bot's client of the service: events, errors, narrowing, the owner's key."""

import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest

from api.client import KeyRefused, ServiceDown
from api.slack.access import UNCLASSIFIED, Credentials
from api.slack.service_client import Event, SlackServiceClient
from rag.errors import BadInput, CablesError, NotFound

pytestmark = pytest.mark.anyio
MESSAGES = [{"role": "user", "content": "Lamp?"}]
Handler = Callable[[httpx.Request], httpx.Response]


def client(handler: Handler, owner_key: str | None = None) -> SlackServiceClient:
    http = httpx.AsyncClient(transport=httpx.MockTransport(handler))
    return SlackServiceClient(lambda: "http://service", http, lambda: owner_key)


def event_stream(text: str) -> httpx.Response:
    return httpx.Response(200, headers={"content-type": "text/event-stream"}, text=text)


async def events(handler: Handler, credentials: Credentials | None = None) -> list[Event]:
    return [event async for event in client(handler).ask(MESSAGES, credentials or Credentials(), "r1")]


def answering(*responses: httpx.Response) -> tuple[Handler, list[httpx.Request]]:
    """A handler that gives these responses in turn, and the requests it got."""
    waiting, requests = list(responses), list[httpx.Request]()

    def handler(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return waiting.pop(0)

    return handler, requests


async def test_events_come_until_the_answer() -> None:
    stream = (
        ': ping\n\nevent: status\ndata: {"stage":\ndata: "reading"}\n\nevent: answer\ndata: {"a": 1}\n\nevent: x\n\n'
    )
    handler, requests = answering(event_stream(stream))
    assert await events(handler) == [("status", {"stage": "reading"}), ("answer", {"a": 1})]
    assert json.loads(requests[0].content) == {"messages": MESSAGES, "stream": True}
    assert requests[0].headers["x-request-id"] == "r1" and "authorization" not in requests[0].headers


async def test_a_json_response_is_the_answer() -> None:
    handler, _ = answering(httpx.Response(200, json={"a": 1}))
    assert await events(handler) == [("answer", {"a": 1})]


@pytest.mark.parametrize(
    ("stream", "error"),
    [
        ('event: status\ndata: {"stage": "reading"}\n\n', ServiceDown),
        ('event: answer\ndata: {"a": 1}', ServiceDown),  # the closing empty line is missing
        ("event: answer\ndata: nonsense\n\n", ServiceDown),
        ('event: error\ndata: {"status": 400, "detail": "too long"}\n\n', BadInput),
        ('event: error\ndata: {"detail": "a bug"}\n\n', ServiceDown),
    ],
)
async def test_a_stream_without_an_answer_is_an_error(stream: str, error: type[CablesError]) -> None:
    handler, _ = answering(event_stream(stream))
    with pytest.raises(error):
        await events(handler)


@pytest.mark.parametrize(
    ("status", "error"),
    [(400, BadInput), (401, KeyRefused), (403, KeyRefused), (404, NotFound), (408, ServiceDown), (500, ServiceDown)],
)
async def test_each_status_is_an_error_of_ours(status: int, error: type[CablesError]) -> None:
    handler, _ = answering(httpx.Response(status, json={"detail": "why"}))
    with pytest.raises(error, match="why"):
        await client(handler).cable("07X1", Credentials(), "r1")


async def test_a_busy_service_is_asked_again() -> None:
    busy = httpx.Response(503, headers={"retry-after": "0.01"})
    limited = httpx.Response(429, headers={"retry-after": "0.01"})
    handler, requests = answering(busy, limited, httpx.Response(200, json={"id": "07X1"}))
    assert await client(handler).cable("07X1", Credentials(), "r1") == {"id": "07X1"}
    assert len(requests) == 3


async def test_a_broken_connection_is_not_asked_again() -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadError("reset")

    with pytest.raises(ServiceDown, match="ReadError"):
        await client(handler).cable("07X1", Credentials(), "r1")


async def test_a_stream_that_breaks_is_the_service_down() -> None:
    class Broken(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            yield b'event: status\ndata: {"stage": "reading"}\n\n'
            raise httpx.ReadError("reset")

    handler, _ = answering(httpx.Response(200, headers={"content-type": "text/event-stream"}, stream=Broken()))
    with pytest.raises(ServiceDown, match="broke off"):
        await events(handler)


async def test_an_answer_that_was_not_narrowed_is_refused() -> None:
    narrowing = Credentials("key", within=UNCLASSIFIED, also="another")
    handler, requests = answering(
        httpx.Response(200, json={}), httpx.Response(200, json={"a": 1}, headers={"X-Cables-Narrowed": "yes"})
    )
    with pytest.raises(KeyRefused, match="does not narrow"):
        await events(handler, narrowing)
    assert await events(handler, narrowing) == [("answer", {"a": 1})]
    sent: Any = requests[1].headers
    assert (sent["authorization"], sent["x-cables-within"], sent["x-cables-also"]) == (
        "Bearer key",
        UNCLASSIFIED,
        "another",
    )


async def test_without_a_key_the_owner_s_key_shows_what_is_unclassified() -> None:
    narrowed = httpx.Response(200, json={"id": "07X1"}, headers={"X-Cables-Narrowed": "yes"})
    handler, requests = answering(httpx.Response(401, json={}), narrowed)
    assert await client(handler, owner_key="owner").cable("07X1", Credentials(), "r1") == {"id": "07X1"}
    assert requests[1].headers["authorization"] == "Bearer owner"
    assert requests[1].headers["x-cables-within"] == UNCLASSIFIED
