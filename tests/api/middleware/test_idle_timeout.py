"""Requests to which nothing is sent."""

import asyncio

import pytest

from tests.api.middleware.service import app_with, client_of, problem_detail


@pytest.mark.anyio
async def test_a_silent_request_times_out_and_a_flowing_stream_does_not() -> None:
    app = app_with(request_seconds=0.3, concurrent_requests=1)
    async with client_of(app) as client:
        assert "0.3 seconds" in problem_detail(await client.get("/slow"), 504)
        async with asyncio.timeout(5):
            while (await client.get("/search")).status_code == 503:  # until the cancelled request frees its slot
                await asyncio.sleep(0)
        assert (await client.get("/stream")).text == "one two three"
