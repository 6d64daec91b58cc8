"""Taking questions in."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from api.slack.intake import Intake
from api.slack.job_queue import JobQueue
from api.slack.ledger import Job, Ledger
from api.slack.question import SlackQuestion

pytestmark = pytest.mark.anyio
QUESTION = SlackQuestion("Ev1", "T1", "C1", "U1", "1.0", "1.0", "Does the lamp burn?")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = Ledger(f"sqlite:///{tmp_path / 'ledger.sqlite3'}", lease=600)
    yield opened
    opened.close()


class Queue(JobQueue):
    """Takes jobs up to its size and works on none."""

    def __init__(self, ledger: Ledger, size: int) -> None:
        super().__init__(ledger, self._work_on, size)
        self.jobs: list[Job] = []

    def offer(self, job: Job) -> bool:
        accepted = super().offer(job)
        self.jobs += [job] * accepted
        return accepted

    async def _work_on(self, job: Job) -> None:
        raise AssertionError("the queue is not open")


async def never_busy(question: SlackQuestion) -> None:
    raise AssertionError(f"{question.id} was turned away")


async def test_a_question_is_taken_once(ledger: Ledger) -> None:
    queue = Queue(ledger, size=5)
    intake = Intake(ledger, queue, never_busy)
    await intake.take(QUESTION)
    await intake.take(QUESTION)
    await intake.take(replace(QUESTION, id="Ev2"))  # the same message under another event id
    assert queue.jobs == [Job(QUESTION)]


async def test_a_message_is_a_question_only_in_a_thread_that_has_one(ledger: Ledger) -> None:
    queue = Queue(ledger, size=5)
    intake = Intake(ledger, queue, never_busy)
    message = replace(QUESTION, id="Ev2", ts="2.0", addressed=False)
    await intake.take(message)
    assert queue.jobs == []
    await intake.take(QUESTION)
    await intake.take(message)
    assert queue.jobs == [Job(QUESTION), Job(message)]


async def test_a_question_without_room_is_turned_away_and_not_taken_up_later(ledger: Ledger) -> None:
    turned_away: asyncio.Queue[SlackQuestion] = asyncio.Queue()
    queue = Queue(ledger, size=1)
    intake = Intake(ledger, queue, turned_away.put)
    second = replace(QUESTION, id="Ev2", ts="2.0")
    await intake.take(QUESTION)
    await intake.take(second)
    assert await turned_away.get() == second
    assert queue.jobs == [Job(QUESTION)]
    assert not ledger.claim(second)
