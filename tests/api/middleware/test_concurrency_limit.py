"""Requests in progress at once."""

import asyncio

import pytest

from tests.api.middleware.service import app_with, client_of, problem_detail


@pytest.mark.anyio
async def test_requests_over_the_limit_are_refused_until_others_end() -> None:
    app = app_with(concurrent_requests=2)
    async with client_of(app) as client:
        active = [asyncio.create_task(client.get("/slow")) for _ in range(2)]
        for _ in active:
            await app.state.waiting.acquire()
        refused = await client.get("/search")
        problem_detail(refused, 503)
        assert refused.headers["retry-after"] == "2"
        assert (await client.get("/healthz")).status_code == 200
        app.state.release.set()
        assert [response.status_code for response in await asyncio.gather(*active)] == [200, 200]
        assert (await client.get("/search")).status_code == 200
