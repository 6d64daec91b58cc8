"""Kept answers, stored in the catalog. Only the key that kept an answer sees it, and the owner."""

import re
import secrets
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select, true, tuple_, update

from rag.catalog.cable_rows import lock_cables
from rag.catalog.catalog_reader import CatalogReader
from rag.catalog.cited_sources import cited_sources
from rag.catalog.kept_answer_erasure import without_withdrawn_words
from rag.catalog.manifest import index_trace
from rag.catalog.tables import kept_answers, keys
from rag.domain.access import Clearance
from rag.domain.answer import Answer
from rag.domain.kept_answer import MOST_NOTE, KeptAnswer, KeptQuestion
from rag.domain.marking import Level
from rag.errors import BadInput, NotFound

_OWNER = "owner"
_ID = re.compile(r"[0-9a-f]{16}")
_CURSOR = re.compile(r"(\d{1,18})-([0-9a-f]{16})")


@dataclass(frozen=True, slots=True)
class KeptPage:
    """Some kept answers, the latest first; `next` is the cursor of the page after, None on the last."""

    answers: tuple[KeptAnswer, ...]
    next: str | None


class KeptAnswers:
    """The kept answers of one key; of all keys where `key_id` is None, which stands for the owner."""

    def __init__(
        self, catalog: CatalogReader, key_id: str | None = None, now: Callable[[], int] = time.time_ns
    ) -> None:
        """`catalog` is as the reader sees it; `now` returns Unix time in nanoseconds."""
        self._catalog = catalog
        self._key_id = key_id
        self._now = now

    def keep(self, answer: Answer, asked: KeptQuestion, note: str = "") -> Answer:
        """Keep an answer that was made for this reader; returns it with its id. One that has an id is kept once.

        What was withdrawn since it was made is left out.

        Raises:
            BadInput: the note is too long.
        """
        kept_id = answer.id or secrets.token_hex(8)
        trace = {"index": index_trace(self._catalog.manifest())} | answer.trace
        digests = {key: source.digest for key, source in cited_sources(self._catalog, answer.cited).items()}
        row = {
            "id": kept_id,
            "key_id": self._key_id,
            "kept": self._now() // 1000,
            "note": _checked(note),
            "asked": asked.json(),
            "answer": replace(answer, id=kept_id, trace=trace).json(),
            "digests": digests,
            "clearance": asdict(self._catalog.reader) | {"level": self._catalog.reader.level.name},
        }
        with self._catalog.begin(writing=True) as connection:
            lock_cables(connection)  # no withdrawal between the look at the tombstones and the writing
            if connection.scalar(select(kept_answers.c.id).where(self._own(kept_id))) is None:
                connection.execute(insert(kept_answers), without_withdrawn_words(connection, _without_nul(row)))
        return replace(answer, id=kept_id)

    def page(self, limit: int, cursor: str | None = None) -> KeptPage:
        """Up to `limit` kept answers, the latest first, from where `cursor` (a page's `next`) points.

        Raises:
            BadInput: the cursor is none that a page gave.
        """
        query = _SELECT.where(self._own())
        if cursor is not None:
            if (match := _CURSOR.fullmatch(cursor)) is None:
                raise BadInput(f"not a cursor: {cursor[:40]!r}; take `next` of the page before, or leave it out")
            query = query.where(tuple_(kept_answers.c.kept, kept_answers.c.id) < (int(match[1]), match[2]))
        query = query.order_by(kept_answers.c.kept.desc(), kept_answers.c.id.desc()).limit(limit + 1)
        with self._catalog.begin() as connection:
            rows = list(connection.execute(query))
        more = rows[limit - 1] if len(rows) > limit else None
        return KeptPage(tuple(map(_kept, rows[:limit])), f"{more.kept}-{more.id}" if more is not None else None)

    def get(self, kept_id: str) -> KeptAnswer:
        """A kept answer as it was.

        Raises:
            NotFound: this reader kept no answer with this id.
        """
        with self._catalog.begin() as connection:
            row = connection.execute(_SELECT.where(self._own(kept_id))).first()
        if row is None:
            raise _missing(kept_id)
        return _kept(row)

    def set_note(self, kept_id: str, note: str) -> None:
        """Replace the note of a kept answer.

        Raises:
            BadInput: the note is too long.
            NotFound: this reader kept no answer with this id.
        """
        with self._catalog.begin(writing=True) as connection:
            lock_cables(connection)
            row = connection.execute(select(kept_answers).where(self._own(kept_id))).mappings().first()
            if row is None:
                raise _missing(kept_id)
            changed = without_withdrawn_words(connection, _without_nul(dict(row) | {"note": _checked(note)}))
            connection.execute(update(kept_answers).where(self._own(kept_id)).values(changed))

    def delete(self, kept_id: str) -> None:
        """Delete a kept answer.

        Raises:
            NotFound: this reader kept no answer with this id.
        """
        with self._catalog.begin() as connection:
            if not connection.execute(delete(kept_answers).where(self._own(kept_id))).rowcount:
                raise _missing(kept_id)

    def _own(self, kept_id: str | None = None) -> ColumnElement[bool]:
        """The condition that this reader sees it, and that it has this id."""
        own = true() if self._key_id is None else kept_answers.c.key_id == self._key_id
        if kept_id is None:
            return own
        if _ID.fullmatch(kept_id) is None:
            raise _missing(kept_id)
        return own & (kept_answers.c.id == kept_id)


_SELECT = select(kept_answers, keys.c.name).outerjoin(keys, keys.c.id == kept_answers.c.key_id)


def _missing(kept_id: str) -> NotFound:
    return NotFound(f"there is no kept answer {kept_id[:40]!r}; `cables answers list` or GET /answers shows yours")


def _kept(row: Any) -> KeptAnswer:
    return KeptAnswer(
        answer=Answer.from_json(row.answer),
        asked=KeptQuestion.from_json(row.asked),
        note=row.note,
        kept=datetime.fromtimestamp(row.kept / 1_000_000, UTC),
        by=row.name or _OWNER,
        digests=row.digests,
        clearance=Clearance(**row.clearance | {"level": Level[row.clearance["level"]]}),
    )


def _checked(note: str) -> str:
    if len(note) > MOST_NOTE:
        raise BadInput(f"the note has {len(note):,} characters; the most is {MOST_NOTE:,}")
    return note.strip()


def _without_nul(value: Any) -> Any:
    """The same without NUL in any text, as PostgreSQL stores none."""
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, dict):
        return {name: _without_nul(each) for name, each in value.items()}
    return [_without_nul(each) for each in value] if isinstance(value, list | tuple) else value
