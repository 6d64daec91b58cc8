"""What an archive holds of each post's cables, and what it lacks."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from rag.catalog.catalog_reader import CatalogReader
from rag.catalog.known_values import did_you_mean
from rag.catalog.tables import cable_references, cables
from rag.domain.cable_id import CableId, compact_post
from rag.domain.serials import SerialRange, gaps_between
from rag.errors import BadInput, NotFound


@dataclass(slots=True)
class PostYear:
    """The cables of one post with ids of one year (four digits).

    `months` counts those with a date by its month, such as `2008-08`. `lacking` are ids of cables that held cables
    refer to but the archive does not hold, each with the number of cables that refer to it.
    """

    post: str
    year: int
    serials: list[int] = field(default_factory=list)
    undated: int = 0
    months: Counter[str] = field(default_factory=Counter)
    lacking: dict[str, int] = field(default_factory=dict)

    @property
    def gaps(self) -> tuple[SerialRange, ...]:
        """The serials missing between the lowest and the highest held."""
        return gaps_between(self.serials)

    def json(self, whole: bool) -> dict[str, Any]:
        """The JSON object; with `whole`, each gap and each lacking cable, else only how many there are."""
        gaps = self.gaps
        return {
            "post": self.post,
            "year": self.year,
            "cables": len(self.serials),
            "undated": self.undated,
            "by_month": _counts(dict(sorted(self.months.items()))),
            "lowest": min(self.serials, default=None),
            "highest": max(self.serials, default=None),
            "missing": sum(gap.count for gap in gaps),
            "lacking": len(self.lacking),
            "gaps": [gap.json() for gap in gaps] if whole else None,
            "lacking_cables": _counts(self.lacking) if whole else None,
        }


class Coverage:
    """Tells what one reader sees of each post's cables. What they may not see is missing like what is not held."""

    def __init__(self, catalog: CatalogReader) -> None:
        self._catalog = catalog

    def years(self, post: str | None = None, year: int | None = None) -> list[PostYear]:
        """Each year of each post that sent cables, or of this post in any spelling; `year` has four digits.

        Raises:
            NotFound: the archive neither holds nor names a cable of the post.
        """
        compact = None if post is None else compact_post(post)
        found = self._held(compact, year)
        self._add_lacking(found, compact, year)
        if compact is None:  # posts that others only refer to are told of when they are asked for
            found = {key: each for key, each in found.items() if each.serials}
        elif not found and not self._catalog.has_post(compact):
            hint = did_you_mean(compact, self._catalog.posts()) or "`cables coverage` lists the posts"
            raise NotFound(f"the archive holds no cable of the post {str(post)[:40]!r}; {hint}")
        return [found[key] for key in sorted(found)]

    def _held(self, post: str | None, year: int | None) -> dict[tuple[str, int], PostYear]:
        query = select(cables.c.id, cables.c.post, cables.c.serial, cables.c.seconds).where(self._catalog.visible())
        if post is not None:
            query = query.where(cables.c.post == post)
        if year is not None:
            query = query.where(cables.c.id.startswith(f"{year % 100:02d}"))
        found: dict[tuple[str, int], PostYear] = {}
        with self._catalog.begin() as connection:
            for row in connection.execute(query):
                at = _at(found, CableId(int(row.id[:2]), row.post, row.serial))
                at.serials.append(row.serial)
                if row.seconds is None:
                    at.undated += 1
                else:
                    at.months[f"{datetime.fromtimestamp(row.seconds, UTC):%Y-%m}"] += 1
        return found

    def _add_lacking(self, found: dict[tuple[str, int], PostYear], post: str | None, year: int | None) -> None:
        held = {key: set(each.serials) for key, each in found.items()}
        named: dict[tuple[str, int], list[tuple[CableId, int]]] = defaultdict(list)
        for target, count in self._named(post, year):
            try:
                cable = CableId.parse(target)
            except BadInput:
                continue
            if post is None or cable.post == post:
                named[cable.post, cable.full_year].append((cable, count))
        for key, pairs in named.items():
            lacking = sorted(pair for pair in pairs if pair[0].serial not in held.get(key, ()))
            if lacking:
                _at(found, lacking[0][0]).lacking = {str(cable): count for cable, count in lacking}

    def _named(self, post: str | None, year: int | None) -> list[tuple[str, int]]:
        """Ids that cables refer to, each with the number of them; a reference has the classification of its cable."""
        target = cable_references.c.target
        where: list[ColumnElement[bool]] = [self._catalog.visible(), self._catalog.opens(cables)]
        if year is not None:
            where.append(target.startswith(f"{year % 100:02d}"))
        if post is not None:
            where.append(func.substr(target, 3).startswith(post))
        query = select(target, func.count(cable_references.c.cable_id.distinct()).label("cables")).join(cables)
        with self._catalog.begin() as connection:
            return [(row.target, row.cables) for row in connection.execute(query.where(*where).group_by(target))]


def coverage_json(years: list[PostYear], whole: bool) -> dict[str, Any]:
    """The `coverage` object; with `whole`, with each gap and each lacking cable."""
    return {
        "cables": sum(len(each.serials) for each in years),
        "undated": sum(each.undated for each in years),
        "years": [each.json(whole) for each in years],
    }


def _at(found: dict[tuple[str, int], PostYear], cable: CableId) -> PostYear:
    key = (cable.post, cable.full_year)
    return found.setdefault(key, PostYear(*key))


def _counts(by_value: dict[str, int]) -> list[dict[str, str | int]]:
    return [{"value": value, "count": count} for value, count in by_value.items()]
