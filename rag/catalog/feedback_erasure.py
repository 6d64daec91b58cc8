"""Readers' verdicts without what was withdrawn: they may quote it."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, select, update

from rag.catalog.tables import feedback
from rag.catalog.tombstones import stones_of
from rag.domain.name_digest import NameDigest, replace_names, word_runs
from rag.domain.paragraph_key import cable_id_of, locator_of

_QUOTED_WORDS = 5  # in a row, by which a verdict quotes a paragraph
_FIELDS = ("question", "reason", "answer")


def erase_from_feedback(
    connection: Connection, keys: Sequence[str], texts: Sequence[str], name: NameDigest | None
) -> None:
    """Delete the verdicts that cite these paragraphs or quote their texts; with `name`, replace it in all verdicts."""
    quoted = set[tuple[str, ...]]() if name else {run for text in texts for run in word_runs(text, _QUOTED_WORDS)}
    for row in connection.execute(select(feedback)).all():
        own = feedback.c.id == row.id
        if name is not None:
            values = {field: _replaced(getattr(row, field), name) for field in _FIELDS}
            if any(values[field] != getattr(row, field) for field in _FIELDS):
                connection.execute(update(feedback).where(own).values(values))
        elif not set(keys).isdisjoint(row.citations) or not quoted.isdisjoint(_runs_of(row)):
            connection.execute(delete(feedback).where(own))


def without_withdrawn_words(connection: Connection, row: Mapping[str, Any]) -> dict[str, Any]:
    """A verdict that is about to be written: a page may still show an answer of before a withdrawal.

    The answer is left out where it cites what was withdrawn. Names redacted in the cables it cites are replaced.
    """
    kept, names = dict(row), list[NameDigest]()
    for key in row["citations"]:
        stones = stones_of(connection, cable_id_of(key))
        names += (stone.name for stone in stones if stone.name is not None)
        if any(stone.name is None and stone.locator in (None, locator_of(key)) for stone in stones):
            kept["answer"] = None
    return kept | {field: kept[field] and replace_names(kept[field], names) for field in _FIELDS}


def _replaced(text: str | None, name: NameDigest) -> str | None:
    return text and replace_names(text, [name])


def _runs_of(row: Any) -> list[tuple[str, ...]]:
    return [run for field in _FIELDS for run in word_runs(getattr(row, field) or "", _QUOTED_WORDS)]
