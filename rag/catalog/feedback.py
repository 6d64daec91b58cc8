"""Readers' verdicts on answers, stored in the catalog."""

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, select

from rag.catalog.catalog_reader import CatalogReader
from rag.catalog.feedback_erasure import without_withdrawn_words
from rag.catalog.tables import feedback
from rag.domain.cable_json import iso_utc
from rag.domain.paragraph_key import ParagraphKey


@dataclass(frozen=True, slots=True)
class FeedbackVerdict:
    """A reader's verdict on one answer. `verdict` is `up` or `down`; `citations` are the keys it cited."""

    question: str
    verdict: str
    reason: str | None = None
    citations: tuple[str, ...] = ()
    answer: str | None = None


class Feedback:
    """The verdicts of a store."""

    def __init__(self, catalog: CatalogReader, now: Callable[[], int] = time.time_ns) -> None:
        """`now` returns Unix time in nanoseconds."""
        self._catalog = catalog
        self._now = now

    def add(self, verdict: FeedbackVerdict) -> str:
        """Store a verdict and return its id.

        Whether the cited paragraphs exist is not checked, so that the reply does not reveal it.

        Raises:
            BadInput: a citation is no paragraph key.
        """
        feedback_id = secrets.token_hex(8)
        row = {
            "id": feedback_id,
            "given": self._now() // 1000,
            "question": _without_nul(verdict.question),
            "verdict": verdict.verdict,
            "reason": _without_nul(verdict.reason),
            "citations": [str(ParagraphKey.parse(key)) for key in verdict.citations],
            "answer": _without_nul(verdict.answer),
        }
        with self._catalog.begin() as connection:
            connection.execute(insert(feedback), without_withdrawn_words(connection, row))
        return feedback_id

    def candidates(self, verdict: str | None = None) -> list[dict[str, Any]]:
        """Candidates for golden questions, oldest first, for a person to complete.

        The citations of an approved answer are its gold; a rejected answer has none yet. Fields that a golden question
        does not have say where the candidate comes from.
        """
        query = select(feedback).order_by(feedback.c.given, feedback.c.id)
        if verdict is not None:
            query = query.where(feedback.c.verdict == verdict)
        with self._catalog.begin() as connection:
            return [_candidate(row) for row in connection.execute(query)]


def _candidate(row: Any) -> dict[str, Any]:
    gold: Sequence[str] = row.citations if row.verdict == "up" else ()
    return {
        "id": f"feedback-{row.id}",
        "type": "fact",
        "question": row.question,
        "gold": [[key] for key in gold],
        "facts": [],
        "answer": row.answer or "",
        "verdict": row.verdict,
        "reason": row.reason,
        "cited": row.citations,
        "given": iso_utc(datetime.fromtimestamp(row.given / 1_000_000, UTC)),
    }


def _without_nul(text: str | None) -> str | None:
    return None if text is None else text.replace("\0", "")  # PostgreSQL stores no NUL
