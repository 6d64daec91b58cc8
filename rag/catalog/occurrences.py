"""Where else the archive holds a name, or the text of a paragraph."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Text, cast, or_, select

from rag.catalog.tables import cables, paragraphs
from rag.domain.cable import Paragraph
from rag.domain.name_digest import NameDigest

_MOST = 200
_LEAST_LENGTH = 40  # of a text that is looked for: shorter ones stand in many cables


def occurrences_of_name(connection: Connection, name: str, digest: NameDigest) -> list[str]:
    """Keys of the paragraphs, and ids of the cables with fields, that still hold the name; 200 at most, sorted."""
    word = max(re.findall(r"[A-Za-z0-9]+", name) or [name], key=len)  # as it is in JSON too
    of_paragraphs = select(paragraphs.c.key, paragraphs.c.text, paragraphs.c.heading)
    held = or_(_holds(paragraphs.c.text, word), _holds(paragraphs.c.heading, word))
    found = {
        row.key
        for row in connection.execute(of_paragraphs.where(held))
        if any(map(digest.is_in, (row.text, row.heading)))
    }
    of_cables = select(cables.c.id, cables.c.fields).where(_holds(cast(cables.c.fields, Text), word))
    found |= {row.id for row in connection.execute(of_cables) if any(map(digest.is_in, strings_in(row.fields)))}
    return sorted(found)[:_MOST]


def occurrences_of_texts(connection: Connection, gone: Sequence[Paragraph]) -> list[str]:
    """Keys of the paragraphs with the very text of one of these; 200 at most, sorted."""
    texts = sorted({each.text for each in gone if len(each.text) >= _LEAST_LENGTH})
    found: set[str] = set()
    for start in range(0, len(texts), _MOST):
        query = select(paragraphs.c.key).where(paragraphs.c.text.in_(texts[start : start + _MOST]))
        found.update(connection.scalars(query))
    return sorted(found)[:_MOST]


def _holds(column: ColumnElement[Any], word: str) -> ColumnElement[bool]:
    return column.icontains(word, autoescape=True)


def strings_in(value: Any) -> Iterator[str]:
    """The texts that a JSON value holds, but for the names of its fields."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings_in(each)
