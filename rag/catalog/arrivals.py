"""When paragraphs came: each has a stamp from when it can first be found with its present text and marking.

A stamp is Unix time in microseconds, made greater than all before it. An ingest that changes nothing of a paragraph
leaves its stamp, and so do rebuilt indexes, a restored backup and a redaction.
"""

import time
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, func, insert, literal, select

from rag.catalog.catalog_reader import CatalogReader, batches
from rag.catalog.tables import arrivals, paragraphs

Held = Mapping[str, Any]
"""By key, the paragraphs of a cable as the catalog held them, those that have a stamp."""


class Arrivals:
    """The stamps of the paragraphs that one reader may see."""

    def __init__(self, catalog: CatalogReader) -> None:
        self._catalog = catalog

    def last(self) -> int:
        """The stamp of the last arrival; 0 where nothing came yet."""
        query = select(arrivals.c.stamp).join(paragraphs).where(self._catalog.opens(paragraphs))
        with self._catalog.begin() as connection:
            return connection.scalar(query.order_by(arrivals.c.stamp.desc()).limit(1)) or 0

    def after(self, stamp: int) -> list[tuple[int, str]]:
        """The paragraphs that came after this stamp, each as its stamp and key, last first."""
        query = select(arrivals.c.stamp, arrivals.c.key).where(arrivals.c.stamp > stamp)
        if self._catalog.reader.classes is not None:
            query = query.join(paragraphs).where(self._catalog.opens(paragraphs))
        with self._catalog.begin() as connection:
            rows = connection.execute(query.order_by(arrivals.c.stamp.desc(), arrivals.c.key))
            return [(row.stamp, row.key) for row in rows]


def held_arrivals(connection: Connection, cable_id: str) -> Held:
    """What is held of a cable before it is written again."""
    columns = paragraphs.c.key, paragraphs.c.text, paragraphs.c.access, arrivals.c.stamp
    query = select(*columns).join(arrivals).where(paragraphs.c.cable_id == cable_id)
    return {row.key: row for row in connection.execute(query)}


def keep_arrivals(connection: Connection, held: Held, rows: Sequence[Mapping[str, Any]], redacted: bool) -> None:
    """Give the paragraphs of a cable that was written again their stamps, but for those that changed.

    `rows` are those of the table `paragraphs`. With `redacted`, a text that differs only lost words.
    """
    kept = [
        {"key": row["key"], "stamp": before.stamp}
        for row in rows
        if (before := held.get(row["key"])) is not None
        and (redacted or (before.text, before.access) == (row["text"], row["access"]))
    ]
    if kept:
        connection.execute(insert(arrivals), kept)


def stamp_arrivals(connection: Connection, cable_ids: Sequence[str]) -> None:
    """Stamp those paragraphs of these cables that have no stamp: they can be found from now on."""
    last = connection.scalar(select(func.max(arrivals.c.stamp))) or 0
    stamp = max(time.time_ns() // 1000, last + 1)
    for batch in batches(list(cable_ids)):
        waiting = select(paragraphs.c.key, literal(stamp)).outerjoin(arrivals)
        waiting = waiting.where(paragraphs.c.cable_id.in_(batch), arrivals.c.key.is_(None))
        connection.execute(insert(arrivals).from_select(["key", "stamp"], waiting))
