"""Counting and listing the cables that meet conditions, in SQL."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, func, select

from rag.catalog.cable_record import cable_from_record
from rag.catalog.catalog_reader import CatalogReader, batches
from rag.catalog.listing import ValueCount
from rag.catalog.scope import conditions
from rag.catalog.tables import cable_tags, cables
from rag.domain.access import redacted_header
from rag.domain.cable import Cable
from rag.domain.filters import Filters

GroupedBy = Literal["post", "signer", "year", "month", "tag", "classification"]
_UNDATED = 1 << 62  # sorts undated cables last


@dataclass(frozen=True, slots=True)
class CableSelection:
    """Cables that meet `filters`, have all of `all_tags` and, unless it is None, are in `ids`."""

    filters: Filters = field(default_factory=Filters)
    all_tags: tuple[str, ...] = ()
    ids: frozenset[str] | None = None

    @property
    def undated(self) -> "CableSelection | None":
        """The same without its dates; None where it has none."""
        bare = replace(self.filters, date_from=None, date_to=None)
        return None if bare == self.filters else replace(self, filters=bare)


class CableCounts:
    """Counts and lists the cables one reader sees. By a field they may not see, no cable is found or counted."""

    def __init__(self, catalog: CatalogReader) -> None:
        self._catalog = catalog

    def count(self, chosen: CableSelection) -> int:
        """How many cables there are."""
        query = select(func.count()).select_from(cables)
        return sum(self._scalars(query, chosen))

    def undated(self, chosen: CableSelection) -> int:
        """How many undated cables a condition on the date leaves out; 0 where there is none."""
        if (undated := chosen.undated) is None:
            return 0
        return sum(self._scalars(select(func.count()).select_from(cables).where(cables.c.seconds.is_(None)), undated))

    def ids(self, chosen: CableSelection, most: int, latest: bool = False) -> list[str]:
        """Up to `most` ids, oldest first or, with `latest`, newest first; undated ones last."""
        time = func.coalesce(cables.c.seconds, -_UNDATED if latest else _UNDATED)
        order = (time.desc(), cables.c.id.desc()) if latest else (time, cables.c.id)
        query = select(cables.c.id, time.label("time")).order_by(*order).limit(most)
        rows = sorted(((row.time, row.id) for row in self._rows(query, chosen)), reverse=latest)
        return [cable_id for _, cable_id in rows[:most]]

    def headers(self, ids: Sequence[str]) -> list[Cable]:
        """The cables with these ids without paragraphs, in this order; fields the reader may not see are empty."""
        found: dict[str, Cable] = {}
        for batch in batches(list(ids)):
            query = select(cables.c.id, cables.c.fields).where(cables.c.id.in_(batch), self._catalog.visible())
            with self._catalog.begin() as connection:
                for row in connection.execute(query):
                    found[row.id] = redacted_header(cable_from_record(row.fields, ()), self._catalog.reader)
        return [found[cable_id] for cable_id in ids if cable_id in found]

    def groups(self, chosen: CableSelection, by: GroupedBy) -> list[ValueCount]:
        """How many cables there are by value, most first; years and months in their order."""
        counts: Counter[str] = Counter()
        if by in ("year", "month"):
            seconds = self._scalars(select(cables.c.seconds).where(cables.c.seconds.is_not(None)), chosen)
            counts.update(
                f"{datetime.fromtimestamp(each, UTC):{'%Y' if by == 'year' else '%Y-%m'}}" for each in seconds
            )
        elif by == "signer":  # lists, by which not every database groups
            for row in self._rows(self._signers(), chosen):
                counts.update(row.signers)
        else:
            for row in self._rows(self._grouping(by), chosen):
                counts[row.value] += row.cables
        in_order = sorted(counts.items(), key=lambda each: (0 if by in ("year", "month") else -each[1], each[0]))
        return [ValueCount(value, count) for value, count in in_order]

    def subjects(self, chosen: CableSelection, most: int) -> list[str]:
        """The subjects of up to `most` cables."""
        subject = cables.c.fields["subject"].as_string()
        query = select(subject.label("subject")).where(self._catalog.opens(cables), subject.is_not(None)).limit(most)
        return [row.subject for row in self._rows(query, chosen)]

    def signed_by(self, name: str, filters: Filters) -> frozenset[str]:
        """Ids of the cables under these filters one of whose signers has all words of this name, or none but those."""
        wanted = set(name.casefold().split())

        def is_meant(signer: str) -> bool:
            printed = set(signer.casefold().split())
            return wanted <= printed or (bool(printed) and printed <= wanted)

        rows = self._rows(self._signers(), CableSelection(filters))
        return frozenset(row.id for row in rows if any(map(is_meant, row.signers)))

    def subjects_like(self, beginning: str, filters: Filters) -> list[tuple[str, str]]:
        """Ids and subjects of the cables under these filters whose subject holds these letters, in any case."""
        subject = cables.c.fields["subject"].as_string()
        query = select(cables.c.id, subject.label("subject")).where(
            self._catalog.opens(cables), func.lower(subject).contains(beginning.lower(), autoescape=True)
        )
        return [(row.id, row.subject) for row in self._rows(query, CableSelection(filters))]

    def _signers(self) -> Select[Any]:
        return select(cables.c.id, cables.c.fields["signers"].label("signers")).where(self._catalog.opens(cables))

    def _grouping(self, by: GroupedBy) -> Select[Any]:
        if by == "post":
            return select(cables.c.post.label("value"), func.count().label("cables")).group_by(cables.c.post)
        value: Any = cable_tags.c.tag if by == "tag" else cables.c.classification
        source: Any = cables.join(cable_tags) if by == "tag" else cables
        return (
            select(value.label("value"), func.count().label("cables"))
            .select_from(source)
            .where(self._catalog.opens(cables), value.is_not(None))
            .group_by(value)
        )

    def _scalars(self, query: Select[Any], chosen: CableSelection) -> list[int]:
        return [row[0] for row in self._rows(query, chosen)]

    def _rows(self, query: Select[Any], chosen: CableSelection) -> Iterator[Any]:
        where = [*conditions(self._catalog, chosen.filters), *self._further(chosen)]
        for within in self._batches(chosen):
            with self._catalog.begin() as connection:
                yield from connection.execute(query.where(*where, *within)).all()

    def _batches(self, chosen: CableSelection) -> Iterator[Sequence[ColumnElement[bool]]]:
        if chosen.ids is None:
            yield []
        else:
            yield from ([cables.c.id.in_(batch)] for batch in batches(sorted(chosen.ids)))

    def _further(self, chosen: CableSelection) -> Iterator[ColumnElement[bool]]:
        if chosen.all_tags:
            yield self._catalog.opens(cables)
        for tag in chosen.all_tags:
            yield cables.c.id.in_(select(cable_tags.c.cable_id).where(cable_tags.c.tag == tag).correlate(None))
