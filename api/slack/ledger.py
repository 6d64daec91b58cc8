"""What the bot has been asked and has answered, kept in the catalog: one answer a question, whatever happens.

The bot writes the catalog itself rather than through the service: a question must be noted within the three seconds
Slack waits, also while the service is down or restarting, and two bots on one database then never answer twice.
"""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import URL, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from api.slack.question import SlackQuestion
from api.slack.slack_tables import slack_questions as table
from rag.catalog.catalog import CATALOG_FILE
from rag.catalog.database import Database, sqlite_url
from rag.settings import Settings
from rag.store_folder import make_private

LEASE_SECONDS = 15.0
_KEPT_SECONDS = 90 * 24 * 3600.0
_BUSY_SECONDS = 1.5  # Slack waits three seconds for its acknowledgement


@dataclass(frozen=True, slots=True)
class Job:
    """A question being worked on. `attempts` counts the earlier ones; `reply_ts` is the answer's message, if posted."""

    question: SlackQuestion
    attempts: int = 0
    reply_ts: str | None = None


class Ledger:
    """The questions on record. Every method is one transaction and may wait for the database."""

    def __init__(self, url: str | URL, lease: float = LEASE_SECONDS, now: Callable[[], float] = time.time) -> None:
        """`url` is the catalog's SQLAlchemy address; `lease` is in seconds."""
        self.lease = lease
        self._now = now
        self._database = Database(url, "READ COMMITTED", table.metadata, [table], _BUSY_SECONDS)

    def close(self) -> None:
        """Give the connections back."""
        self._database.close()

    def claim(self, question: SlackQuestion) -> bool:
        """Note a question with this process at work on it; False where it is on record already, as itself or a twin."""
        now = self._now()
        row = {
            "id": question.id,
            "team": question.team,
            "channel": question.channel,
            "ts": question.ts,
            "thread": question.thread,
            "question": asdict(question),
            "asked_at": now,
            "leased_until": now + self.lease,
        }
        with self._database.begin() as connection:
            try:
                connection.execute(insert(table), row)
            except IntegrityError:
                return False
        return True

    def answers_in(self, team: str, channel: str, thread: str) -> bool:
        """Whether the bot was ever asked in this thread."""
        query = select(table.c.id).where(table.c.team == team, table.c.channel == channel, table.c.thread == thread)
        with self._database.begin() as connection:
            if connection.scalar(query.limit(1)) is not None:
                return True
            # A thread under the answer to a command.
            started = select(table.c.id).where(table.c.channel == channel, table.c.reply_ts == thread)
            return connection.scalar(started.limit(1)) is not None

    def replies(self, channel: str) -> set[str]:
        """The ts of every answer on record in a channel."""
        query = select(table.c.reply_ts).where(table.c.channel == channel, table.c.reply_ts.is_not(None))
        with self._database.begin() as connection:
            return set(connection.scalars(query))

    def note_reply(self, identity: str, reply_ts: str) -> None:
        """Note the message that holds, or will hold, the answer."""
        self._change(identity, reply_ts=reply_ts)

    def finish(self, identity: str) -> None:
        """Note that the question is answered; its words are forgotten."""
        self._change(identity, answered=1, question={})

    def defer(self, identity: str, seconds: float) -> None:
        """Let go of a question; it is due again after so many seconds."""
        self._change(identity, leased_until=self._now() + seconds)

    def renew(self, identities: list[str]) -> None:
        """Keep the lease of questions still being worked on."""
        until = self._now() + self.lease
        with self._database.begin() as connection:
            connection.execute(update(table).where(table.c.id.in_(identities)).values(leased_until=until))

    def overdue(self, most: int) -> list[Job]:
        """Take over unanswered questions nobody works on, oldest first."""
        now = self._now()
        due = (table.c.answered == 0) & (table.c.leased_until < now)
        taken: list[Job] = []
        with self._database.begin(writing=True) as connection:
            rows = connection.execute(select(table).where(due).order_by(table.c.asked_at).limit(most)).all()
            for row in rows:
                values = {"leased_until": now + self.lease, "attempts": row.attempts + 1}
                changed = connection.execute(update(table).where(table.c.id == row.id, due).values(values))
                if changed.rowcount == 1:
                    taken.append(_job(row))
        return taken

    def forget_old(self) -> None:
        """Drop answered questions after ninety days; their threads then want a mention again."""
        with self._database.begin() as connection:
            connection.execute(
                delete(table).where(table.c.answered == 1, table.c.asked_at < self._now() - _KEPT_SECONDS)
            )

    def _change(self, identity: str, **values: Any) -> None:
        with self._database.begin() as connection:
            connection.execute(update(table).where(table.c.id == identity).values(values))


def ledger_url(settings: Settings) -> str | URL:
    """Where the bot keeps its record: the catalog; beside where it would stand when only the service has it."""
    if settings.catalog_url:
        return settings.catalog_url
    make_private(settings.store)
    catalog = settings.store / CATALOG_FILE
    return sqlite_url(catalog if catalog.is_file() else settings.store / "slack.sqlite3")


def _job(row: Row[Any]) -> Job:
    return Job(SlackQuestion(**row.question), row.attempts + 1, row.reply_ts)
