"""A bounded queue of questions, answered a few at a time; it also takes over questions that a crash left open."""

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
_MAX_ATTEMPTS = 8
_MAX_PAUSE_SECONDS = 300.0


class JobQueue:
    """Hands the ledger's questions to `work`, a few at a time.

    `work` raises a `CablesError` where the question is to be tried again later.
    """

    def __init__(
        self, ledger: Ledger, work: Callable[[Job], Awaitable[None]], size: int = 100, workers: int = 4
    ) -> None:
        """`size` is how many questions may wait, `workers` how many are answered at once."""
        self._ledger = ledger
        self._work = work
        self._waiting: asyncio.Queue[Job] = asyncio.Queue(size)
        self._workers = workers
        self._leased: set[str] = set()

    def offer(self, job: Job) -> bool:
        """Queue a question; False where the queue is full."""
        try:
            self._waiting.put_nowait(job)
        except asyncio.QueueFull:
            return False
        self._leased.add(job.question.id)
        return True

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Work until the end of the block; the next process may take over at once what is unfinished then."""
        tasks = [asyncio.create_task(self._answer_all()) for _ in range(self._workers)]
        tasks.append(asyncio.create_task(self._keep_leases()))
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for identity in list(self._leased):
                await self._record(self._ledger.defer, identity, 0.0)

    async def _answer_all(self) -> None:
        while True:
            job = await self._waiting.get()
            await self._answer(job)
            self._leased.discard(job.question.id)

    async def _answer(self, job: Job) -> None:
        identity = job.question.id
        try:
            await self._work(job)
        except Exception as error:  # noqa: BLE001 - one question must not end the work on all others
            if not isinstance(error, CablesError):
                _log.exception("question %s: unexpected error", identity)
            if job.attempts + 1 < _MAX_ATTEMPTS:
                _log.warning("question %s is tried again: %s", identity, error)
                await self._record(self._ledger.defer, identity, min(2.0**job.attempts, _MAX_PAUSE_SECONDS))
                return
            _log.error("question %s is given up: %s", identity, error)
        await self._record(self._ledger.finish, identity)

    async def _keep_leases(self) -> None:
        await self._record(self._ledger.forget_old)
        while True:
            if self._leased:
                await self._record(self._ledger.renew, list(self._leased))
            if free := self._waiting.maxsize - self._waiting.qsize():
                for job in await self._record(self._ledger.overdue, free) or []:
                    if job.question.id not in self._leased and not self.offer(job):
                        await self._record(self._ledger.defer, job.question.id, 0.0)
            await asyncio.sleep(self._ledger.lease / 6)

    async def _record(self, change: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Change the ledger in a thread; an error is logged, and the work goes on."""
        try:
            return await asyncio.to_thread(change, *args, **kwargs)
        except CablesError as error:
            _log.error("%s", error)
            return None
