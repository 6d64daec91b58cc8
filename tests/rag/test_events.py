"""Streaming the work on a question."""

import asyncio
import threading
from collections.abc import Callable

import pytest

from rag.answer import Answer, Sentence
from rag.archive import Archive
from rag.asking import Ask
from rag.events import Answered, Event, Stated, Status, Steps, final, in_threads, last

ANSWER = Answer("question", "extractive")


def work(seen: list[str], steps: int = 3, fail: bool = False) -> Steps:
    try:
        yield Status("searching")
        for step in range(steps):
            seen.append(f"step {step}")
            yield None
        if fail:
            raise RuntimeError("broken")
        yield Answered(ANSWER)
    finally:
        seen.append(f"closed in {'main' if threading.current_thread() is threading.main_thread() else 'a worker'}")


async def collected(steps: Steps) -> list[Event]:
    return [event async for event in in_threads(steps)]


def test_events_come_in_order_and_the_moments_between_are_not_told() -> None:
    assert asyncio.run(collected(work([]))) == [Status("searching"), Answered(ANSWER)]
    assert final(work([])) == ANSWER
    assert asyncio.run(last(in_threads(work([])))) == ANSWER


def test_a_failure_comes_through() -> None:
    with pytest.raises(RuntimeError, match="broken"):
        asyncio.run(collected(work([], fail=True)))


async def _leave_after_first(steps: Steps) -> None:
    events = in_threads(steps)
    await anext(events)
    await events.aclose()


async def _cancelled(steps: Steps) -> None:
    task = asyncio.ensure_future(collected(steps))
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


@pytest.mark.parametrize("leave", [_leave_after_first, _cancelled])
def test_leaving_early_ends_the_work(leave: Callable[[Steps], object]) -> None:
    seen: list[str] = []
    asyncio.run(leave(work(seen, steps=10_000_000)))  # type: ignore[arg-type]
    assert seen[-1] == "closed in a worker"
    assert len(seen) < 1_000_000


def test_an_archive_streams_statuses_sentences_and_the_answer(sample: Archive) -> None:
    async def stream() -> list[Event]:
        return [event async for event in sample.stream(Ask("Whose idea was it to switch the Gannet Rock light on?"))]

    events = asyncio.run(stream())
    assert [event for event in events if isinstance(event, Status)] == [
        Status("searching"),
        Status("reading", 20),
        Status("writing", 20),
    ]
    assert isinstance(events[-1], Answered)
    stated: list[Sentence] = [event.sentence for event in events if isinstance(event, Stated)]
    assert stated == list(events[-1].answer.sentences) != []


def test_a_caller_that_leaves_in_the_middle_of_a_step_ends_the_work_after_it() -> None:
    seen: list[str] = []
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> Steps:
        try:
            begun.set()
            go_on.wait(10)
            seen.append("step")
            yield None
        finally:
            seen.append("closed")

    async def leave() -> None:
        task = asyncio.ensure_future(collected(slow()))
        await asyncio.to_thread(begun.wait, 10)
        task.cancel()
        await asyncio.sleep(0.05)
        go_on.set()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(leave())
    assert seen == ["step", "closed"]
