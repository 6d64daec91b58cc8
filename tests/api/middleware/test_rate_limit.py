"""Requests of one key in a period."""

import pytest
from fastapi import FastAPI
from starlette.datastructures import State
from starlette.requests import HTTPConnection

from api.middleware.rate_limit import RateLimiter, TooManyRequests
from api.web.page_service import PageService
from rag.domain.filters import Filters
from rag.errors import BadInput
from tests.api.middleware.service import app_with, client_of, problem_detail


@pytest.mark.anyio
async def test_each_key_has_its_own_limit() -> None:
    async with client_of(app_with(rate_limit="3/minute")) as client:
        one, two = {"authorization": "Bearer one"}, {"authorization": "Bearer two"}
        for _ in range(3):
            assert (await client.get("/search", headers=one)).status_code == 200
        refused = await client.get("/search", headers=one)
        assert "3 per 1 minute" in problem_detail(refused, 429)
        assert 1 <= int(refused.headers["retry-after"]) <= 60
        assert (await client.get("/search", headers=two)).status_code == 200
        assert (await client.get("/search")).status_code == 200
        assert (await client.get("/healthz", headers=one)).status_code == 200


@pytest.mark.anyio
async def test_an_address_is_refused_after_thirty_refused_keys() -> None:
    async with client_of(app_with()) as client:
        for number in range(30):
            guess = await client.get("/refused", headers={"authorization": f"Bearer {number}"})
            assert guess.status_code == 401
        problem_detail(await client.get("/refused", headers={"authorization": "Bearer right"}), 429)


@pytest.mark.parametrize("limit", ["often", "5/fortnight"])
def test_a_rate_limit_that_cannot_be_read_fails_at_the_start(limit: str) -> None:
    with pytest.raises(BadInput, match="600/minute"):
        app_with(rate_limit=limit)


@pytest.mark.anyio
async def test_questions_on_a_socket_count_as_requests() -> None:
    pages = FastAPI()
    pages.state.service = State({"rate_limiter": RateLimiter.parse("1/hour", "memory://")})
    connection = HTTPConnection({"type": "websocket", "headers": [], "client": ("127.0.0.1", 1), "app": pages})
    await pages.state.service.rate_limiter.count(connection)
    with pytest.raises(TooManyRequests, match=r"more than 1 per 1 hour; try again in \d+ seconds"):
        await anext(PageService(connection).ask("Who lit the lamp?", Filters(), frozenset(), ()))
