"""The events of an answer."""

from collections.abc import AsyncGenerator

import pytest

from rag.domain.answer import Answer
from rag.domain.events import Answered, Event, Status, last

ANSWER = Answer("question", "extractive")


@pytest.mark.anyio
async def test_last_returns_the_answer_and_closes_the_stream() -> None:
    closed = False

    async def stream() -> AsyncGenerator[Event, None]:
        nonlocal closed
        try:
            yield Status("searching")
            yield Answered(ANSWER)
            yield Status("writing")
        finally:
            closed = True

    assert await last(stream()) is ANSWER
    assert closed


@pytest.mark.anyio
async def test_last_lets_a_failure_through() -> None:
    async def stream() -> AsyncGenerator[Event, None]:
        yield Status("searching")
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError, match="broken"):
        await last(stream())
