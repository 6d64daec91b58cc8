"""The desk: questions wait in a bounded queue; a few are answered at once; what a crash left is taken up again."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import ParamSpec, TypeVar

from api.slack.ledger import Job, Ledger
from rag.errors import CablesError

P = ParamSpec("P")
T = TypeVar("T")

_log = logging.getLogger(__name__)
_MOST_ATTEMPTS = 8
_LONGEST_PAUSE = 300.0


class Desk:
    """Hands the ledger's questions to `work`, a few at a time.

    `work` raises a `CablesError` where the question is to be tried again later.
    """

    def __init__(
        self, ledger: Ledger, work: Callable[[Job], Awaitable[None]], room: int = 100, workers: int = 4
    ) -> None:
        """`room` is how many questions may wait, `workers` how many are answered at once."""
        self._ledger = ledger
        self._work = work
        self._waiting: asyncio.Queue[Job] = asyncio.Queue(room)
        self._workers = workers
        self._held: set[str] = set()

    def offer(self, job: Job) -> bool:
        """Take a question in; False where too many wait already."""
        try:
            self._waiting.put_nowait(job)
        except asyncio.QueueFull:
            return False
        self._held.add(job.question.id)
        return True

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Work until the end of the block; what is unfinished then is left for the next process at once."""
        tasks = [asyncio.create_task(self._answer_all()) for _ in range(self._workers)]
        tasks.append(asyncio.create_task(self._keep_leases()))
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for identity in list(self._held):
                await self._noted(self._ledger.defer, identity, 0.0)

    async def _answer_all(self) -> None:
        while True:
            job = await self._waiting.get()
            await self._answer(job)
            self._held.discard(job.question.id)

    async def _answer(self, job: Job) -> None:
        identity = job.question.id
        try:
            await self._work(job)
        except Exception as error:  # noqa: BLE001 - one question must not end the work on all others
            if not isinstance(error, CablesError):
                _log.exception("question %s met a fault of the bot", identity)
            if job.attempts + 1 < _MOST_ATTEMPTS:
                _log.warning("question %s is tried again: %s", identity, error)
                await self._noted(self._ledger.defer, identity, min(2.0**job.attempts, _LONGEST_PAUSE))
                return
            _log.error("question %s is given up: %s", identity, error)
        await self._noted(self._ledger.finish, identity)

    async def _keep_leases(self) -> None:
        await self._noted(self._ledger.forget_old)
        while True:
            if self._held:
                await self._noted(self._ledger.renew, list(self._held))
            if room := self._waiting.maxsize - self._waiting.qsize():
                for job in await self._noted(self._ledger.overdue, room) or []:
                    if job.question.id not in self._held and not self.offer(job):
                        await self._noted(self._ledger.defer, job.question.id, 0.0)
            await asyncio.sleep(self._ledger.lease / 6)

    async def _noted(self, change: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        try:
            return await asyncio.to_thread(change, *args, **kwargs)
        except CablesError as error:
            _log.error("%s", error)
            return None
