"""Taking questions in: noted in the ledger before Slack is told they have arrived, so that none is lost."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from api.slack.desk import Desk
from api.slack.ledger import Job, Ledger
from api.slack.question import Question

_log = logging.getLogger(__name__)
_EXCUSES_AT_ONCE = 20


@dataclass(slots=True)
class Intake:
    """Takes each question once, and turns away what there is no room for."""

    ledger: Ledger
    desk: Desk
    busy: Callable[[Question], Awaitable[None]]
    _excuses: set[asyncio.Task[None]] = field(default_factory=set)

    async def take(self, question: Question) -> None:
        """Note a question and have it answered behind.

        Raises:
            CablesError: it could not be noted; Slack must deliver it again.
        """
        if not question.addressed and not await asyncio.to_thread(self._continues, question):
            return
        if not await asyncio.to_thread(self.ledger.claim, question):
            _log.debug("question %s was delivered before", question.id)
            return
        if not self.desk.offer(Job(question)):
            await self._turn_away(question)

    def _continues(self, question: Question) -> bool:
        return self.ledger.answers_in(question.team, question.channel, question.thread or "")

    async def _turn_away(self, question: Question) -> None:
        await asyncio.to_thread(self.ledger.finish, question.id)
        if len(self._excuses) >= _EXCUSES_AT_ONCE:
            _log.warning("question %s turned away without a word", question.id)
            return
        excuse = asyncio.create_task(self._excuse(question))
        self._excuses.add(excuse)
        excuse.add_done_callback(self._excuses.discard)

    async def _excuse(self, question: Question) -> None:
        await self.busy(question)
