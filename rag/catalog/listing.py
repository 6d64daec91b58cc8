"""The cables of an archive in order of time, page by page, with the counts of each kind."""

import base64
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select, tuple_

from rag.catalog.cable_record import cable_from_record
from rag.catalog.catalog_reader import CatalogReader
from rag.catalog.scope import conditions
from rag.catalog.tables import cable_tags, cables
from rag.domain.access import redacted_header
from rag.domain.cable import Cable
from rag.domain.cable_id import CableId, compact_post, full_year
from rag.domain.filters import Filters
from rag.errors import BadInput

_FIELDS = ("post", "year", "tag", "classification")
_UNDATED = 1 << 62  # sorts undated cables last
_TIME = func.coalesce(cables.c.seconds, _UNDATED)


@dataclass(frozen=True, slots=True)
class ListingFilters:
    """Conditions that all hold together. `year` has four digits; the days are both included."""

    post: str | None = None
    year: int | None = None
    tag: str | None = None
    classification: str | None = None
    date_from: date | None = None
    date_to: date | None = None


@dataclass(frozen=True, slots=True)
class ValueCount:
    """How many cables have a value."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class ListingPage:
    """Some cables, without paragraphs.

    `total` is how many cables there are on all pages. `facets` counts the values of each field under the conditions
    on the other fields; `next` is the cursor of the page after, None on the last.
    """

    total: int
    cables: tuple[Cable, ...]
    facets: dict[str, tuple[ValueCount, ...]]
    next: str | None


class Listing:
    """Lists the cables one reader sees."""

    def __init__(self, catalog: CatalogReader) -> None:
        self._catalog = catalog

    def page(self, chosen: ListingFilters, limit: int, cursor: str | None = None) -> ListingPage:
        """Up to `limit` cables, oldest first, from where `cursor` (a page's `next`) points; with 0 only the counts.

        Raises:
            BadInput: the cursor is none that a page gave.
        """
        where = self._where(chosen)
        if cursor is not None:
            time, cable_id = _read_cursor(cursor)
            where.append(tuple_(_TIME, cables.c.id) > (time, cable_id))
        query = select(cables.c.fields, cables.c.id, _TIME.label("time")).where(*where)
        with self._catalog.begin() as connection:
            rows = list(connection.execute(query.order_by(_TIME, cables.c.id).limit(limit + 1)))
        reader = self._catalog.reader
        listed = tuple(redacted_header(cable_from_record(row.fields, ()), reader) for row in rows[:limit])
        last = rows[limit - 1] if 0 < limit < len(rows) else None
        facets = self._facets(chosen)
        return ListingPage(_total(facets, chosen), listed, facets, _cursor(last.time, last.id) if last else None)

    def _facets(self, chosen: ListingFilters) -> dict[str, tuple[ValueCount, ...]]:
        return {field: self._counts(field, replace(chosen, **{field: None})) for field in _FIELDS}

    def _counts(self, field: str, others: ListingFilters) -> tuple[ValueCount, ...]:
        where = self._where(others)
        value: Any = {
            "post": cables.c.post,
            "year": func.substr(cables.c.id, 1, 2),
            "tag": cable_tags.c.tag,
            "classification": cables.c.classification,
        }[field]
        query = select(value.label("value"), func.count().label("cables")).select_from(
            cables.join(cable_tags) if field == "tag" else cables
        )
        if field in ("tag", "classification"):
            where += [self._catalog.opens(cables), value.is_not(None)]
        with self._catalog.begin() as connection:
            rows = connection.execute(query.where(*where).group_by(value))
            counts = [ValueCount(row.value, row.cables) for row in rows]
        if field == "year":
            years = (ValueCount(str(full_year(int(year.value))), year.count) for year in counts)
            return tuple(sorted(years, key=lambda year: year.value))
        return tuple(sorted(counts, key=lambda counted: (-counted.count, counted.value)))

    def _where(self, chosen: ListingFilters) -> list[ColumnElement[bool]]:
        filters = Filters(
            posts=_one(chosen.post and compact_post(chosen.post)),
            tags=_one(chosen.tag and chosen.tag.upper()),
            date_from=chosen.date_from,
            date_to=chosen.date_to,
            classifications=_one(chosen.classification and chosen.classification.upper()),
        )
        where = list(conditions(self._catalog, filters))
        if chosen.year is not None:
            where.append(cables.c.id.startswith(f"{chosen.year % 100:02d}"))
        return where


def _total(facets: dict[str, tuple[ValueCount, ...]], chosen: ListingFilters) -> int:
    """How many cables meet all conditions: each has a year in its id, which is counted under the other conditions."""
    return sum(year.count for year in facets["year"] if chosen.year is None or year.value == str(chosen.year))


def _one(value: str | None) -> frozenset[str]:
    """The condition that a field has this value; an empty one, which no cable has, is a condition too."""
    return frozenset() if value is None else frozenset((value,))


def _cursor(time: int, cable_id: str) -> str:
    return base64.urlsafe_b64encode(f"{time} {cable_id}".encode()).decode().rstrip("=")


def _read_cursor(cursor: str) -> tuple[int, str]:
    try:
        time, _, cable_id = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().partition(" ")
        return max(-_UNDATED, min(int(time), _UNDATED)), str(CableId.parse(cable_id))
    except (ValueError, BadInput) as error:
        raise BadInput(f"not a cursor: {cursor[:40]!r}; take `next` of the page before, or leave it out") from error
