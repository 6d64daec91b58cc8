"""The layers around the routes, over an app that does what the tests need."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import StreamingResponse
from starlette.datastructures import State
from starlette.requests import HTTPConnection

from api.http import problems
from api.http.edge.rate import Allowance, Callers, TooManyRequests
from api.http.edge.stack import surround
from api.logs import JsonLines
from api.metrics import Metrics
from api.web.room import ReadingRoom
from rag.errors import BadInput
from rag.filters import Filters
from rag.settings import Settings


def app_with(**chosen: Any) -> FastAPI:
    app = FastAPI()
    app.state.release = asyncio.Event()

    @app.get("/search")
    async def search() -> str:
        return "found"

    @app.post("/chat")
    async def chat(request: Request) -> int:
        return len(await request.body())

    @app.get("/slow")
    async def slow() -> str:
        await app.state.release.wait()
        return "at last"

    @app.get("/stream")
    async def stream() -> StreamingResponse:
        async def words() -> AsyncIterator[str]:
            for word in ("one ", "two ", "three"):
                await asyncio.sleep(0.15)
                yield word

        return StreamingResponse(words())

    @app.get("/broken")
    async def broken() -> None:
        raise RuntimeError("a secret of the machine")

    @app.get("/refused")
    async def refused() -> None:
        raise HTTPException(401, "no such key")

    @app.get("/healthz")
    async def healthz() -> str:
        return "ok"

    problems.install(app)
    app.state.metrics = Metrics()
    surround(app, Settings(**chosen), app.state.metrics)
    return app


def client_of(app: FastAPI) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")


def is_problem(response: httpx.Response, status: int) -> str:
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    return str(response.json()["detail"])


def test_a_key_has_its_rate_and_others_theirs() -> None:
    async def run() -> None:
        async with client_of(app_with(rate_limit="3/minute")) as client:
            one, two = {"authorization": "Bearer one"}, {"authorization": "Bearer two"}
            for _ in range(3):
                assert (await client.get("/search", headers=one)).status_code == 200
            refused = await client.get("/search", headers=one)
            assert "3 per 1 minute" in is_problem(refused, 429)
            assert 1 <= int(refused.headers["retry-after"]) <= 60
            assert (await client.get("/search", headers=two)).status_code == 200
            assert (await client.get("/search")).status_code == 200
            assert (await client.get("/healthz", headers=one)).status_code == 200

    asyncio.run(run())


def test_guessing_keys_is_slow() -> None:
    async def run() -> None:
        async with client_of(app_with()) as client:
            for number in range(30):
                guess = await client.get("/refused", headers={"authorization": f"Bearer {number}"})
                assert guess.status_code == 401
            is_problem(await client.get("/refused", headers={"authorization": "Bearer right"}), 429)

    asyncio.run(run())


@pytest.mark.parametrize("limit", ["often", "5/fortnight"])
def test_a_rate_that_is_none_is_told_at_once(limit: str) -> None:
    with pytest.raises(BadInput, match="600/minute"):
        app_with(rate_limit=limit)


def test_bodies_and_headers_have_sizes() -> None:
    async def run() -> None:
        async with client_of(app_with(body_bytes=2000, header_bytes=2000)) as client:
            assert (await client.post("/chat", content=b"x" * 2000)).json() == 2000
            assert "2,000 bytes" in is_problem(await client.post("/chat", content=b"x" * 2001), 413)

            async def pieces() -> AsyncIterator[bytes]:  # no length is declared
                for _ in range(30):
                    yield b"x" * 100

            is_problem(await client.post("/chat", content=pieces()), 413)
            is_problem(await client.get("/search", headers={"x-long": "x" * 2000}), 431)

    asyncio.run(run())


def test_a_body_that_does_not_come() -> None:
    async def run() -> None:
        async with client_of(app_with(body_seconds=0.1)) as client:

            async def pieces() -> AsyncIterator[bytes]:
                yield b"x"
                await asyncio.sleep(5)

            assert "0.1 seconds" in is_problem(await client.post("/chat", content=pieces()), 408)

    asyncio.run(run())


def test_one_too_many_is_told_to_come_back() -> None:
    async def run() -> None:
        app = app_with(concurrent_requests=2)
        async with client_of(app) as client:
            waiting = [asyncio.create_task(client.get("/slow")) for _ in range(2)]
            await asyncio.sleep(0.05)
            busy = await client.get("/search")
            is_problem(busy, 503)
            assert busy.headers["retry-after"] == "2"
            assert (await client.get("/healthz")).status_code == 200
            app.state.release.set()
            assert [response.status_code for response in await asyncio.gather(*waiting)] == [200, 200]
            assert (await client.get("/search")).status_code == 200

    asyncio.run(run())


def test_patience_ends_where_nothing_comes_and_lasts_while_a_stream_flows() -> None:
    async def run() -> None:
        app = app_with(request_seconds=0.3, concurrent_requests=1)
        async with client_of(app) as client:
            assert "0.3 seconds" in is_problem(await client.get("/slow"), 504)
            await asyncio.sleep(0.05)  # the given up request has left its place
            assert (await client.get("/stream")).text == "one two three"

    asyncio.run(run())


def test_unexpected_errors_tell_only_their_id(caplog: pytest.LogCaptureFixture) -> None:
    async def run() -> httpx.Response:
        async with client_of(app_with()) as client:
            return await client.get("/broken", headers={"x-request-id": "mine-1"})

    response = asyncio.run(run())
    assert "mine-1" in is_problem(response, 500) and "secret" not in response.text
    assert response.headers["x-request-id"] == "mine-1"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "a secret of the machine" in caplog.text


def test_every_answer_has_security_headers_and_none_is_for_other_origins() -> None:
    async def run() -> None:
        async with client_of(app_with()) as client:
            response = await client.get("/search", headers={"origin": "https://elsewhere.example"})
            assert "access-control-allow-origin" not in response.headers
            assert response.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
            assert response.headers["cache-control"] == "no-store"
            assert response.headers["x-frame-options"] == "DENY"
        async with client_of(app_with(cors_origins=("https://mine.example",))) as client:
            response = await client.get("/search", headers={"origin": "https://mine.example"})
            assert response.headers["access-control-allow-origin"] == "https://mine.example"
            other = await client.get("/search", headers={"origin": "https://elsewhere.example"})
            assert "access-control-allow-origin" not in other.headers

    asyncio.run(run())


def test_a_log_line_has_an_id_and_no_question(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "cables")

    async def run() -> httpx.Response:
        async with client_of(app_with()) as client:
            return await client.get("/search", params={"query": "where is the lantern"})

    response = asyncio.run(run())
    record = next(each for each in caplog.records if each.name == "cables.requests")
    line = json.loads(JsonLines().format(record))
    assert {"time", "level", "method", "path", "status", "ms"} <= set(line)
    assert (line["method"], line["path"], line["status"]) == ("GET", "/search", 200)
    assert "lantern" not in caplog.text + json.dumps(line)
    assert len(response.headers["x-request-id"]) == 16


def test_requests_are_measured_by_route() -> None:
    app = app_with()

    async def run() -> None:
        async with client_of(app) as client:
            for path in ("/search", "/search", "/nowhere/1", "/nowhere/2"):
                await client.get(path)

    asyncio.run(run())
    text = app.state.metrics.text().decode()
    assert 'cables_requests_total{method="GET",route="/search",status="200"} 2.0' in text
    assert 'cables_requests_total{method="GET",route="other",status="404"} 2.0' in text
    assert "nowhere" not in text


def test_questions_on_a_socket_count_as_requests_do() -> None:
    pages = FastAPI()
    pages.state.service = State({"callers": Callers(Allowance.of("1/hour", "memory://"))})
    connection = HTTPConnection({"type": "websocket", "headers": [], "client": ("127.0.0.1", 1), "app": pages})

    async def second_question() -> None:
        await pages.state.service.callers.count(connection)
        await anext(ReadingRoom(connection).ask("Who lit the lamp?", Filters(), frozenset(), ()))

    with pytest.raises(TooManyRequests, match=r"more than 1 per 1 hour; try again in \d+ seconds"):
        asyncio.run(second_question())
