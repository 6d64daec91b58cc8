"""What the answers from the catalog are made of, before they become an `Answer`."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.catalog.catalog_reader import CatalogReader
from rag.domain.answer import Quote, Sentence
from rag.domain.answer_table import CABLE, AnswerTable, Cell
from rag.domain.cable import Cable

MOST_ROWS = 1000
"""Rows of a table at most."""
MOST_CITED = 5
"""Cables that the sentence above a list cites."""


@dataclass(frozen=True, slots=True)
class CatalogReply:
    """Sentences with what they cite, and a table. With `reason`, the question is declined."""

    sentences: tuple[Sentence, ...] = ()
    quotes: tuple[Quote, ...] = ()
    table: AnswerTable | None = None
    reason: str | None = None


def cable_quotes(cables: Sequence[Cable], catalog: CatalogReader) -> tuple[Quote, ...]:
    """Citations of whole cables."""
    shared = catalog.shared_labels([str(cable.id) for cable in cables])
    return tuple(Quote(str(cable.id), cable.label(str(cable.id) in shared), "", 0, 0) for cable in cables)


def cable_table(cables: Sequence[Cable], complete: bool, rule: str) -> AnswerTable:
    """A row for each cable: id, date, classification, subject."""
    return AnswerTable((CABLE, "date", "classification", "subject"), tuple(map(_row, cables)), complete, rule)


def day_of(cable: Cable) -> str | None:
    """The day of its date, as ISO 8601 writes it."""
    return cable.date.date().isoformat() if cable.date else None


def _row(cable: Cable) -> tuple[Cell, ...]:
    return str(cable.id), day_of(cable), cable.classification, cable.subject
