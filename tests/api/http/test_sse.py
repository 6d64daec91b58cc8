"""`POST /chat` as server-sent events, and clients that hang up."""

import asyncio
import socket
import threading
import time
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from fastapi.sse import EventSourceResponse
from fastapi.testclient import TestClient

from api.http.disconnect import run_until_disconnect
from api.http.sse import server_sent
from rag.domain.answer import Answer
from rag.domain.events import Answered, Event, Status, last
from rag.errors import StoreInUse
from rag.settings import Settings
from tests.api.clients import client_of
from tests.api.events import events_of


@pytest.fixture(scope="module")
def client(sample_store: Path) -> Iterator[TestClient]:
    with client_of(Settings(store=sample_store)) as client:
        yield client


BODY = {"messages": [{"role": "user", "content": "Whose idea was it to switch the Gannet Rock light on?"}]}


@pytest.mark.parametrize(("body", "headers"), [({"stream": True}, {}), ({}, {"accept": "text/event-stream"})])
def test_a_stream_ends_with_the_object_that_json_gives(
    client: TestClient, body: dict[str, Any], headers: dict[str, str]
) -> None:
    response = client.post("/chat", json=BODY | body, headers=headers)
    assert response.headers["content-type"].startswith("text/event-stream")
    events = events_of(response.text)
    assert [data["stage"] for name, data in events if name == "status"] == ["searching", "reading", "writing"]
    name, answer = events[-1]
    whole = client.post("/chat", json=BODY).json()
    assert name == "answer"
    assert {**answer, "timings_ms": 0} == {**whole, "timings_ms": 0}
    assert [data for name, data in events if name == "sentence"] == answer["sentences"]


def test_a_wrong_request_is_refused_before_a_stream_begins(client: TestClient) -> None:
    response = client.post("/chat", json={"messages": [{"role": "user", "content": " "}], "stream": True})
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"


async def _written(events: AsyncGenerator[Event, None], keepalive: float = 5) -> str:
    return b"".join([part async for part in server_sent(events, keepalive)]).decode()


@pytest.mark.parametrize(
    ("error", "status", "detail"),
    [(StoreInUse("try later"), 503, "try later"), (RuntimeError("secret path"), 500, "the service failed")],
)
def test_a_failure_in_the_stream_is_an_error_event(error: Exception, status: int, detail: str) -> None:
    async def failing() -> AsyncGenerator[Event, None]:
        yield Status("searching")
        raise error

    events = events_of(asyncio.run(_written(failing())))
    assert [name for name, _ in events] == ["status", "error"]
    assert events[1][1]["status"] == status
    assert events[1][1]["detail"].startswith(detail)


def test_a_silent_stream_is_kept_alive() -> None:
    async def slow() -> AsyncGenerator[Event, None]:
        await asyncio.sleep(0.2)
        yield Status("searching")

    assert asyncio.run(_written(slow(), keepalive=0.05)).startswith(": ping\n\n: ping")


class Endless:
    """A question whose answer never comes; tells when the work on it was stopped."""

    def __init__(self) -> None:
        self.stopped = threading.Event()

    async def events(self) -> AsyncGenerator[Event, None]:
        try:
            while True:
                yield Status("searching")
                await asyncio.sleep(0.02)
        finally:
            self.stopped.set()
        yield Answered(Answer("", "extractive"))


@pytest.fixture
def endless() -> Iterator[tuple[str, Endless]]:
    """A running service with nothing but an endless question, streamed or not."""
    work = Endless()
    app = FastAPI()

    @app.post("/sse")
    async def streamed() -> EventSourceResponse:
        return EventSourceResponse(server_sent(work.events()))

    @app.post("/json")
    async def whole(request: Request) -> JSONResponse:
        await request.body()
        return JSONResponse((await run_until_disconnect(request, last(work.events()))).json())

    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", work
        server.should_exit = True
        thread.join(10)


@pytest.mark.parametrize("path", ["/sse", "/json"])
def test_a_client_that_hangs_up_stops_the_work(endless: tuple[str, Endless], path: str) -> None:
    url, work = endless
    with pytest.raises(httpx.ReadTimeout), httpx.stream("POST", url + path, timeout=0.5) as response:
        for _ in zip(range(3), response.iter_bytes(), strict=False):
            pass
        raise httpx.ReadTimeout("gone")
    assert work.stopped.wait(5)
