"""What is new to saved searches: hits among the paragraphs that came since they were looked at."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from rag.catalog.arrivals import Arrivals
from rag.catalog.catalog_reader import CatalogReader
from rag.catalog.watches import filters_json
from rag.domain.cable_json import iso_utc
from rag.domain.watch import Watch
from rag.errors import BadInput
from rag.query.scan_reader import read_scan
from rag.retrieval.scanner import ScanHit, Scanner, ScanPage

_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class WatchCount:
    """How many hits are new to a saved search; None, with the reason as `problem`, where they cannot be counted."""

    watch: Watch
    new: int | None
    problem: str | None = None

    def json(self) -> dict[str, Any]:
        """The `watch` object."""
        watch = self.watch
        return {
            "id": watch.id,
            "name": watch.name,
            "query": watch.query,
            "filters": filters_json(watch.filters),
            "made": iso_utc(watch.made),
            "feed": watch.has_feed,
            "new": self.new,
            "problem": self.problem,
        }


@dataclass(frozen=True, slots=True)
class NewHits:
    """Some of the hits that are new to a saved search; `mark` is the stamp up to which they were looked for."""

    watch: Watch
    page: ScanPage
    mark: int

    def json(self) -> dict[str, Any]:
        """A `scan` object with the `watch` object and the mark."""
        of_watch = WatchCount(self.watch, self.page.totals.total).json()
        return {"watch": of_watch, "mark": self.mark} | self.page.json()


@dataclass(frozen=True, slots=True)
class NewHit:
    """A hit, and when it came."""

    hit: ScanHit
    came: datetime


class Watcher:
    """Looks for what is new among what one reader may see."""

    def __init__(self, catalog: CatalogReader, scanner: Scanner) -> None:
        self._arrivals = Arrivals(catalog)
        self._scanner = scanner

    def counts(self, watches: Sequence[Watch]) -> list[WatchCount]:
        """How much is new to each."""
        arrived = self._arrivals.after(min((watch.seen for watch in watches), default=0)) if watches else []
        return [self._count(watch, arrived) for watch in watches]

    def new(self, watch: Watch, limit: int, cursor: str | None = None) -> NewHits:
        """Up to `limit` of the new hits, in the order and with the totals of a scan.

        Raises:
            BadInput: the cursor is none that a page gave, or the query asks for more than can be read.
        """
        mark = self._arrivals.last()
        among = frozenset(key for stamp, key in self._arrivals.after(watch.seen) if stamp <= mark)
        sought = replace(read_scan(watch.query), among=among)
        return NewHits(watch, self._scanner.page(sought, watch.filters, limit, cursor), mark)

    def latest(self, watch: Watch, most: int, after: datetime) -> list[NewHit]:
        """The hits that came since it was made and after this moment, last first, seen or not.

        Raises:
            BadInput: the query asks for more than can be read.
        """
        since = max(watch.since, int(after.timestamp() * 1e6))
        found = list[NewHit]()
        for came, hit in self._by_arrival(watch, self._arrivals.after(since)):
            found.append(NewHit(hit, datetime.fromtimestamp(came / 1e6, UTC)))
            if len(found) == most:
                break
        return found

    def _by_arrival(self, watch: Watch, arrived: Sequence[tuple[int, str]]) -> Iterator[tuple[int, ScanHit]]:
        sought = read_scan(watch.query)
        for start in range(0, len(arrived), _AT_ONCE):
            stamps = {key: stamp for stamp, key in arrived[start : start + _AT_ONCE]}
            hits = self._scanner.all(replace(sought, among=frozenset(stamps)), watch.filters, len(stamps))
            yield from sorted(((stamps[hit.key], hit) for hit in hits), key=lambda each: -each[0])

    def _count(self, watch: Watch, arrived: Sequence[tuple[int, str]]) -> WatchCount:
        among = frozenset(key for _, key in arrived[: bisect_left(arrived, -watch.seen, key=lambda each: -each[0])])
        if not among:
            return WatchCount(watch, 0)
        try:
            sought = replace(read_scan(watch.query), among=among)
            return WatchCount(watch, self._scanner.count(sought, watch.filters))
        except BadInput as error:
            return WatchCount(watch, None, str(error))
