"""Blocking work beside the event loop."""

import asyncio
import threading

import anyio
import pytest

from rag.answers.threads import in_thread


@pytest.mark.anyio
async def test_the_function_runs_outside_the_event_loops_thread() -> None:
    assert await in_thread(threading.get_ident) != threading.get_ident()


@pytest.mark.anyio
async def test_arguments_and_failures_pass_through() -> None:
    assert await in_thread(sorted, [2, 1], reverse=False) == [1, 2]
    with pytest.raises(ValueError, match="invalid literal"):
        await in_thread(int, "seven")


class Step:
    """Work that waits until it is released, and records when it ended."""

    def __init__(self) -> None:
        self.begun, self.released, self.ended = threading.Event(), threading.Event(), threading.Event()

    def run(self) -> None:
        self.begun.set()
        self.released.wait(10)
        self.ended.set()


@pytest.mark.anyio
async def test_a_cancelled_task_waits_for_the_running_function() -> None:
    step = Step()
    task = asyncio.ensure_future(in_thread(step.run))
    await asyncio.to_thread(step.begun.wait, 10)
    task.cancel()
    await anyio.wait_all_tasks_blocked()
    assert not task.done()
    step.released.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert step.ended.is_set()


@pytest.mark.anyio
async def test_a_cancelled_scope_waits_for_the_running_function() -> None:
    step = Step()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(in_thread, step.run)
        await asyncio.to_thread(step.begun.wait, 10)
        tasks.cancel_scope.cancel()
        asyncio.get_running_loop().call_soon(step.released.set)
    assert step.ended.is_set()
