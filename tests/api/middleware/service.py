"""A small service behind the middleware, for its tests."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import StreamingResponse

from api.http.settings import HttpSettings
from api.middleware.stack import add_middleware
from api.observability.metrics import Metrics
from api.problems import add_exception_handlers


def app_with(**settings: Any) -> FastAPI:
    """An app with these HTTP settings; `/slow` counts in `app.state.waiting` and ends when `release` is set."""
    app = FastAPI()
    app.state.release = asyncio.Event()
    app.state.waiting = asyncio.Semaphore(0)

    @app.get("/search")
    async def search() -> str:
        return "found"

    @app.post("/chat")
    async def chat(request: Request) -> int:
        return len(await request.body())

    @app.get("/slow")
    async def slow() -> str:
        app.state.waiting.release()
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

    add_exception_handlers(app)
    app.state.metrics = Metrics()
    add_middleware(app, HttpSettings(**settings), app.state.metrics)
    return app


def client_of(app: FastAPI) -> httpx.AsyncClient:
    """A client of the app in this process."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")


def problem_detail(response: httpx.Response, status: int) -> str:
    """The detail of a response that must be a problem with this status."""
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    return str(response.json()["detail"])
