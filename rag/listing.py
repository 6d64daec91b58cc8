"""The cables of an archive in order of time, page by page, with the counts of each kind."""

import base64
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select, tuple_

from rag.access import without_fields
from rag.cable import Cable
from rag.cable_id import CableId, compact_post, full_year
from rag.cable_record import cable_from_record
from rag.catalog_reader import CatalogReader
from rag.errors import BadInput
from rag.tables import cable_tags, cables

_FIELDS = ("post", "year", "tag", "classification")
_UNDATED = 1 << 62  # behind all that are dated
_TIME = func.coalesce(cables.c.seconds, _UNDATED)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a list is narrowed to; all hold together. `year` has four digits."""

    post: str | None = None
    year: int | None = None
    tag: str | None = None
    classification: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many cables have a value."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some cables, without paragraphs; how many there are of each kind under the other conditions; where to go on."""

    cables: tuple[Cable, ...]
    facets: dict[str, tuple[Count, ...]]
    next: str | None


class Listing:
    """Lists what one reader sees."""

    def __init__(self, catalog: CatalogReader) -> None:
        self._catalog = catalog

    def page(self, chosen: Chosen, limit: int, cursor: str | None = None) -> Page:
        """Up to `limit` cables, oldest first, from where `cursor` (a page's `next`) points.

        Raises:
            BadInput: the cursor is none that a page gave.
        """
        conditions = self._conditions(chosen)
        if cursor is not None:
            time, cable_id = _read_cursor(cursor)
            conditions.append(tuple_(_TIME, cables.c.id) > (time, cable_id))
        query = select(cables.c.fields, cables.c.id, _TIME.label("time")).where(*conditions)
        with self._catalog.begin() as connection:
            rows = list(connection.execute(query.order_by(_TIME, cables.c.id).limit(limit + 1)))
        reader = self._catalog.reader
        found = [without_fields(cable_from_record(row.fields, ()), reader) for row in rows[:limit]]
        last = rows[limit - 1] if len(rows) > limit else None
        return Page(tuple(found), self._facets(chosen), _cursor(last.time, last.id) if last else None)

    def _facets(self, chosen: Chosen) -> dict[str, tuple[Count, ...]]:
        """Each kind counted under the conditions on the other kinds."""
        return {field: self._counts(field, replace(chosen, **{field: None})) for field in _FIELDS}

    def _counts(self, field: str, others: Chosen) -> tuple[Count, ...]:
        conditions = self._conditions(others)
        value: Any = {
            "post": cables.c.post,
            "year": func.substr(cables.c.id, 1, 2),
            "tag": cable_tags.c.tag,
            "classification": cables.c.classification,
        }[field]
        query = select(value.label("value"), func.count().label("held")).select_from(
            cables.join(cable_tags) if field == "tag" else cables
        )
        if field in ("tag", "classification"):
            conditions += [self._catalog.opens(cables), value.is_not(None)]
        with self._catalog.begin() as connection:
            rows = connection.execute(query.where(*conditions).group_by(value))
            counts = [Count(row.value, row.held) for row in rows]
        if field == "year":
            years = (Count(str(full_year(int(each.value))), each.count) for each in counts)
            return tuple(sorted(years, key=lambda each: each.value))
        return tuple(sorted(counts, key=lambda each: (-each.count, each.value)))

    def _conditions(self, chosen: Chosen) -> list[ColumnElement[bool]]:
        """TAGS and classification are the cable's own fields: they narrow only where the reader may see those."""
        conditions = [self._catalog.visible()]
        if chosen.post is not None:
            conditions.append(cables.c.post == compact_post(chosen.post))
        if chosen.year is not None:
            conditions.append(func.substr(cables.c.id, 1, 2) == f"{chosen.year % 100:02d}")
        if chosen.tag is not None:
            tagged = exists().where(cable_tags.c.cable_id == cables.c.id, cable_tags.c.tag == chosen.tag.upper())
            conditions += [tagged, self._catalog.opens(cables)]
        if chosen.classification is not None:
            conditions += [cables.c.classification == chosen.classification.upper(), self._catalog.opens(cables)]
        return conditions


def _cursor(time: int, cable_id: str) -> str:
    return base64.urlsafe_b64encode(f"{time} {cable_id}".encode()).decode().rstrip("=")


def _read_cursor(cursor: str) -> tuple[int, str]:
    try:
        time, _, cable_id = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().partition(" ")
        return max(-_UNDATED, min(int(time), _UNDATED)), str(CableId.parse(cable_id))
    except (ValueError, BadInput) as error:
        raise BadInput(f"not a cursor: {cursor[:40]!r}; take `next` of the page before, or leave it out") from error
