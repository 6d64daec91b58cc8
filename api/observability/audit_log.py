"""The audit log: who was shown which paragraphs, when, and through which way in. JSON lines, only ever appended to."""

import json
import os
from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from api.observability.logs import request_id
from rag.domain.answer import Answer
from rag.domain.events import Answered, Event, Stated
from rag.domain.paragraph_key import locator_of
from rag.errors import StoreUnavailable

HTTP, PAGE, OPENAI, MCP, CLI = "http", "page", "openai", "mcp", "cli"

way_in: ContextVar[str] = ContextVar("way_in", default=HTTP)
"""The way in of the request being served, where it is not plain HTTP."""


@dataclass(frozen=True, slots=True)
class AuditLog:
    """Appends to the file at `path`, which only its owner can read; without one, nothing is logged."""

    path: Path | None

    def reader(self, who: str, way: str, what: str) -> "AuditedReader":
        """The log as of one reader who came in by this way; `what` is the route or the command."""
        return AuditedReader(self, who, way, what)

    def append(self, entry: dict[str, object]) -> None:
        """Write one entry, in one call, so that lines of several processes never mix.

        Raises:
            StoreUnavailable: it cannot be written, so nothing is shown.
        """
        if self.path is None:
            return
        line = json.dumps(entry, ensure_ascii=False, separators=(",", ":")) + "\n"
        try:
            handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(handle, line.encode())
            finally:
                os.close(handle)
        except OSError as error:
            raise StoreUnavailable(
                f"the audit log {self.path} cannot be written ({error.strerror}), so nothing is shown; "
                "check the disk or CABLES_AUDIT_LOG"
            ) from error


@dataclass(frozen=True, slots=True)
class AuditedReader:
    """Enters what one reader is shown."""

    log: AuditLog
    who: str
    way: str
    what: str

    def shown(self, paragraphs: Iterable[str] = (), cables: Iterable[str] = ()) -> None:
        """Enter keys of paragraphs whose words are about to be shown, and ids of cables whose fields are.

        Raises:
            StoreUnavailable: the log cannot be written.
        """
        keys, ids = list(dict.fromkeys(paragraphs)), list(dict.fromkeys(cables))
        if self.log.path is None or not (keys or ids):
            return
        entry: dict[str, object] = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "who": self.who,
            "way": self.way,
            "what": self.what,
            "paragraphs": keys,
            "cables": ids,
        }
        if current := request_id.get():
            entry["request_id"] = current
        self.log.append(entry)

    def answered(self, answer: Answer) -> None:
        """Enter the paragraphs that an answer cites or quotes, and the cables it lists; raises as `shown`."""
        event = Answered(answer)
        self.shown(_cited(event), _listed(event))

    async def events(self, events: AsyncGenerator[Event, None]) -> AsyncGenerator[Event, None]:
        """The events of an answer, each entered before it is handed on; closing this closes `events`."""
        entered: set[str] = set()
        async with aclosing(events):
            async for event in events:
                new = [key for key in _cited(event) if key not in entered]
                self.shown(new, _listed(event))
                entered.update(new)
                yield event


def _cited(event: Event) -> list[str]:
    """Keys of the paragraphs that an event cites."""
    return [key for key in _keys(event) if locator_of(key)]


def _listed(event: Event) -> list[str]:
    """Ids of the cables whose fields an event shows."""
    table = event.answer.table if isinstance(event, Answered) else None
    return [*(key for key in _keys(event) if not locator_of(key)), *(table.cables if table else ())]


def _keys(event: Event) -> list[str]:
    if isinstance(event, Stated):
        return list(event.sentence.citations)
    if isinstance(event, Answered):
        answer = event.answer
        return [*(key for each in answer.sentences for key in each.citations), *(quote.key for quote in answer.quotes)]
    return []
