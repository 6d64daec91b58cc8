"""The queue: what fails is tried again, what is left is taken over, and its size is a limit."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.slack.job_queue import JobQueue
from api.slack.ledger import Job, Ledger
from api.slack.question import SlackQuestion
from rag.errors import CablesError
from tests.api.slack.clock import Clock

pytestmark = pytest.mark.anyio
QUESTION = SlackQuestion("Ev1", "T1", "C1", "U1", "1.0", "1.0", "Does the lamp burn?")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(tmp_path: Path, clock: Clock) -> Iterator[Ledger]:
    opened = Ledger(f"sqlite:///{tmp_path / 'ledger.sqlite3'}", lease=0.06, now=clock)
    yield opened
    opened.close()


async def test_a_full_queue_refuses(ledger: Ledger) -> None:
    async def work(job: Job) -> None:
        raise AssertionError("nothing is worked on before the queue is open")

    queue = JobQueue(ledger, work, size=1)
    assert queue.offer(Job(QUESTION))
    assert not queue.offer(Job(QUESTION))


@pytest.mark.parametrize("error", [CablesError("Slack is down"), ValueError("a bug")])
async def test_a_question_that_failed_is_tried_again_after_a_pause(
    ledger: Ledger, clock: Clock, error: Exception
) -> None:
    attempts: asyncio.Queue[int] = asyncio.Queue()

    async def work(job: Job) -> None:
        await attempts.put(job.attempts)
        if job.attempts == 0:
            raise error

    ledger.claim(QUESTION)
    queue = JobQueue(ledger, work)
    queue.offer(Job(QUESTION))
    async with asyncio.timeout(60), queue.open():
        assert await attempts.get() == 0
        while attempts.empty():  # the pause is one second of the ledger's clock
            clock.time += 0.5
            await asyncio.sleep(0.01)
        assert await attempts.get() == 1


async def test_a_question_is_given_up_after_eight_attempts(ledger: Ledger, clock: Clock) -> None:
    attempts = []

    async def work(job: Job) -> None:
        attempts.append(job.attempts)
        raise CablesError("Slack is down")

    ledger.claim(QUESTION)
    queue = JobQueue(ledger, work)
    queue.offer(Job(QUESTION))
    async with asyncio.timeout(60), queue.open():
        while len(attempts) < 8 or queue._leased:  # until the end of the last attempt is recorded
            clock.time += 100
            await asyncio.sleep(0.01)
    clock.time += 1e6
    assert attempts == list(range(8))
    assert ledger.overdue(9) == []


async def test_a_question_left_unfinished_is_due_at_once(ledger: Ledger, clock: Clock) -> None:
    started = asyncio.Event()

    async def work(job: Job) -> None:
        started.set()
        await asyncio.Event().wait()

    ledger.claim(QUESTION)
    queue = JobQueue(ledger, work)
    queue.offer(Job(QUESTION))
    async with queue.open():
        await asyncio.wait_for(started.wait(), 60)
    clock.time += 0.001
    assert [job.question for job in ledger.overdue(9)] == [QUESTION]
