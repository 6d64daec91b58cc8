"""Taking questions in: each is recorded before Slack gets its acknowledgement, so that none is lost."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from api.slack.job_queue import JobQueue
from api.slack.ledger import Job, Ledger
from api.slack.question import SlackQuestion

_log = logging.getLogger(__name__)
_MAX_NOTICES = 20


@dataclass(slots=True)
class Intake:
    """Takes each question once. Where the queue is full, `busy` tells its author."""

    ledger: Ledger
    queue: JobQueue
    busy: Callable[[SlackQuestion], Awaitable[None]]
    _notices: set[asyncio.Task[None]] = field(default_factory=set)

    async def take(self, question: SlackQuestion) -> None:
        """Record a question and queue it.

        Raises:
            CablesError: it could not be recorded; Slack must deliver it again.
        """
        if not question.addressed and not await asyncio.to_thread(self._is_followed_thread, question):
            return
        if not await asyncio.to_thread(self.ledger.claim, question):
            _log.debug("question %s was delivered before", question.id)
            return
        if not self.queue.offer(Job(question)):
            await self._reject(question)

    def _is_followed_thread(self, question: SlackQuestion) -> bool:
        return self.ledger.answers_in(question.team, question.channel, question.thread or "")

    async def _reject(self, question: SlackQuestion) -> None:
        await asyncio.to_thread(self.ledger.finish, question.id)
        if len(self._notices) >= _MAX_NOTICES:
            _log.warning("question %s turned away without a notice", question.id)
            return
        notice = asyncio.ensure_future(self.busy(question))
        self._notices.add(notice)
        notice.add_done_callback(self._notices.discard)
