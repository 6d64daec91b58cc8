"""What readers say of answers, kept in the catalog."""

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, select

from rag.catalog_reader import CatalogReader
from rag.paragraph_key import ParagraphKey
from rag.tables import feedback


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reader says of one answer. `verdict` is `up` or `down`; `citations` are the keys it cited."""

    question: str
    verdict: str
    reason: str | None = None
    citations: tuple[str, ...] = ()
    answer: str | None = None


class Feedback:
    """The verdicts of a store."""

    def __init__(self, catalog: CatalogReader) -> None:
        self._catalog = catalog

    def add(self, verdict: Verdict) -> str:
        """Keep a verdict; returns its id. Whether the citations exist is not looked at, and so not told.

        Raises:
            BadInput: a citation is no paragraph key.
        """
        feedback_id = secrets.token_hex(8)
        row = {
            "id": feedback_id,
            "given": time.time_ns() // 1000,
            "question": _text(verdict.question),
            "verdict": verdict.verdict,
            "reason": _text(verdict.reason),
            "citations": [str(ParagraphKey.parse(key)) for key in verdict.citations],
            "answer": _text(verdict.answer),
        }
        with self._catalog.begin() as connection:
            connection.execute(insert(feedback), row)
        return feedback_id

    def candidates(self, verdict: str | None = None) -> list[dict[str, Any]]:
        """Golden candidates, oldest first, for a person to complete.

        The citations of an approved answer are its gold; a rejected answer has none yet. The fields beyond those of a
        golden question say where it comes from.
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
        "given": datetime.fromtimestamp(row.given / 1_000_000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def _text(text: str | None) -> str | None:
    return None if text is None else text.replace("\0", "")  # PostgreSQL holds no NUL
