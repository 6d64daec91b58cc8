"""Sizes of headers and bodies, and the time a body may take."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.api.middleware.service import app_with, client_of, problem_detail


@pytest.mark.anyio
async def test_bodies_and_headers_over_their_sizes_are_refused() -> None:
    async with client_of(app_with(body_bytes=2000, header_bytes=2000)) as client:
        assert (await client.post("/chat", content=b"x" * 2000)).json() == 2000
        assert "2,000 bytes" in problem_detail(await client.post("/chat", content=b"x" * 2001), 413)

        async def pieces() -> AsyncIterator[bytes]:  # without a content-length
            for _ in range(30):
                yield b"x" * 100

        problem_detail(await client.post("/chat", content=pieces()), 413)
        problem_detail(await client.get("/search", headers={"x-long": "x" * 2000}), 431)


@pytest.mark.anyio
async def test_a_body_that_does_not_arrive_in_time_is_refused() -> None:
    async with client_of(app_with(body_seconds=0.1)) as client:

        async def pieces() -> AsyncIterator[bytes]:
            yield b"x"
            await asyncio.Event().wait()

        assert "0.1 seconds" in problem_detail(await client.post("/chat", content=pieces()), 408)
