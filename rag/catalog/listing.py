"""The cables of an archive in order of time, page by page, with the counts of each kind."""

import base64
import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, case, func, select, true, tuple_

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
_LAST = "\uffff"  # sorts behind every subject

SortField = Literal["date", "post", "subject"]
SORT_FIELDS: tuple[SortField, ...] = ("date", "post", "subject")
_Place = tuple[int | str, ...]
_Columns = list[Any]


@dataclass(frozen=True, slots=True)
class ListingOrder:
    """What cables are sorted by, up or down: the date, the post and then the date, or the subject.

    Undated cables, and those whose subject the reader may not see, come last.
    """

    field: SortField = "date"
    down: bool = False


BY_DATE = ListingOrder()


@dataclass(frozen=True, slots=True)
class ListingFilters:
    """Conditions that all hold together. `year` has four digits; the days are both included."""

    post: str | None = None
    year: int | None = None
    tag: str | None = None
    classification: str | None = None
    date_from: date | None = None
    date_to: date | None = None

    @property
    def filters(self) -> Filters:
        """The same for a search, which knows no year."""
        first = [day for day in (self.date_from, date(self.year, 1, 1) if self.year else None) if day]
        last = [day for day in (self.date_to, date(self.year, 12, 31) if self.year else None) if day]
        return Filters.of(
            [self.post] if self.post else [],
            [self.tag] if self.tag else [],
            max(first, default=None),
            min(last, default=None),
            [self.classification] if self.classification else [],
        )


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

    def page(
        self, chosen: ListingFilters, limit: int, cursor: str | None = None, order: ListingOrder = BY_DATE
    ) -> ListingPage:
        """Up to `limit` cables, with 0 only the counts, from where `cursor`, a page's `next`, points.

        Raises:
            BadInput: the cursor is none that a page gave.
        """
        after = None if cursor is None else _read_cursor(cursor, order)
        places, listed = self._stretch(chosen, order, after, limit + 1)
        following = _cursor(places[limit - 1]) if 0 < limit < len(places) else None
        facets = self._facets(chosen)
        return ListingPage(_total(facets, chosen), tuple(listed[:limit]), facets, following)

    def beside(
        self, chosen: ListingFilters, cable_id: str, order: ListingOrder = BY_DATE
    ) -> tuple[Cable | None, Cable | None]:
        """The cables before and after this one in such a list, without paragraphs; None at an end of it."""
        columns = self._columns(order)
        query = select(*columns).where(self._catalog.visible(), cables.c.id == cable_id)
        with self._catalog.begin() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None, None
        turned = replace(order, down=not order.down)
        one, other = (self._stretch(chosen, towards, tuple(row), 1, columns)[1][:1] for towards in (turned, order))
        return (one[0] if one else None), (other[0] if other else None)

    def _stretch(
        self,
        chosen: ListingFilters,
        order: ListingOrder,
        after: _Place | None,
        most: int,
        columns: _Columns | None = None,
    ) -> tuple[list[_Place], list[Cable]]:
        """The places and cables behind a place; `columns` other than the order's own are for going backwards."""
        columns = columns or self._columns(order)
        where = self._where(chosen)
        if after is not None:
            place = tuple_(*columns)
            where.append(place < after if order.down else place > after)
        query = select(cables.c.fields, *columns).where(*where)
        query = query.order_by(*(each.desc() if order.down else each for each in columns)).limit(most)
        with self._catalog.begin() as connection:
            rows = list(connection.execute(query))
        reader = self._catalog.reader
        return [tuple(row)[1:] for row in rows], [
            redacted_header(cable_from_record(row.fields, ()), reader) for row in rows
        ]

    def _columns(self, order: ListingOrder) -> _Columns:
        """What places a cable in the order; a subject that the reader may not see must not place it."""
        time = func.coalesce(cables.c.seconds, -_UNDATED if order.down else _UNDATED)
        if order.field == "post":
            return [cables.c.post, time, cables.c.id]
        if order.field == "subject":
            none = "" if order.down else _LAST
            subject = func.coalesce(func.lower(cables.c.fields["subject"].as_string()), none)
            return [case((self._opens_subject(), subject), else_=none), cables.c.id]
        return [time, cables.c.id]

    def _opens_subject(self) -> ColumnElement[bool]:
        """Whether the reader may certainly see the subject; one marked itself is for the owner here."""
        unmarked = cables.c.fields["subject_marking"].as_string().is_(None)
        return true() if self._catalog.reader.owner else and_(self._catalog.opens(cables), unmarked)

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


def _cursor(place: _Place) -> str:
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def _read_cursor(cursor: str, order: ListingOrder) -> _Place:
    try:
        place = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        kinds = [
            {"date": int, "post": str, "subject": str}[order.field],
            *([int] if order.field == "post" else []),
            str,
        ]
        if [type(each) for each in place] != kinds:
            raise ValueError("of another order")
        bounded = (max(-_UNDATED, min(each, _UNDATED)) if isinstance(each, int) else each for each in place[:-1])
        return (*bounded, str(CableId.parse(place[-1])))
    except (ValueError, TypeError, RecursionError, BadInput) as error:
        raise BadInput(f"not a cursor: {cursor[:40]!r}; take `next` of the page before, or leave it out") from error
