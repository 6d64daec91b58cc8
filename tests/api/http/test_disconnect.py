"""Work on behalf of a client that may disconnect."""

import asyncio

import pytest
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message

from api.http.disconnect import run_until_disconnect


def request_until(disconnected: asyncio.Event) -> Request:
    """A request whose client disconnects when the event is set."""

    async def receive() -> Message:
        await disconnected.wait()
        return {"type": "http.disconnect"}

    return Request({"type": "http"}, receive)


@pytest.mark.anyio
async def test_the_result_is_that_of_the_work() -> None:
    async def work() -> int:
        return 7

    assert await run_until_disconnect(request_until(asyncio.Event()), work()) == 7


@pytest.mark.anyio
async def test_an_error_of_the_work_is_raised() -> None:
    async def work() -> None:
        raise LookupError("torn page")

    with pytest.raises(LookupError, match="torn page"):
        await run_until_disconnect(request_until(asyncio.Event()), work())


@pytest.mark.anyio
async def test_the_work_is_cancelled_when_the_client_disconnects() -> None:
    disconnected, ended = asyncio.Event(), list[str]()

    async def work() -> None:
        disconnected.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("cancelled")

    with pytest.raises(ClientDisconnect):
        await run_until_disconnect(request_until(disconnected), work())
    assert ended == ["cancelled"]


@pytest.mark.anyio
async def test_cancelling_the_caller_cancels_the_work() -> None:
    started, ended = asyncio.Event(), list[str]()

    async def work() -> None:
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("cancelled")

    caller = asyncio.ensure_future(run_until_disconnect(request_until(asyncio.Event()), work()))
    await started.wait()
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    assert ended == ["cancelled"]
