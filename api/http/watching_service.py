"""Saved searches of one reader, for the routes, the command line and the web page."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from rag.catalog.watches import Watches
from rag.domain.filters import Filters
from rag.domain.watch import Watch
from rag.query.scan_reader import read_scan
from rag.retrieval.watcher import NewHit, NewHits, Watcher
from rag.scoped_archive import ScopedArchive

FEED_DAYS, FEED_ENTRIES = 30, 200
"""How far back a feed goes, and how many entries it has at most."""


def feed_url(address: str, watch_id: str, token: str) -> str:
    """The address of a feed that needs no key; `address` is that of the service."""
    return f"{address.rstrip('/')}/watches/{watch_id}/feed?token={token}"


def _now() -> datetime:
    return datetime.now(UTC)


class WatchService:
    """Saved searches of a key over the archive as it may be seen in this request."""

    def __init__(self, archive: ScopedArchive, key_id: str, now: Callable[[], datetime] = _now) -> None:
        """`key_id` is empty for the owner of the store."""
        self._archive = archive
        self._watches = Watches(archive.catalog, key_id)
        self._watcher = Watcher(archive.catalog, archive.scanner)
        self._now = now

    def add(self, query: str, filters: Filters, name: str | None = None) -> dict[str, Any]:
        """Save a search; returns the `watch` object.

        Raises:
            BadInput: the query, a filter or the name cannot be used, or there are too many.
        """
        self._archive.scanner.page(read_scan(query), self._archive.checked(filters), 1)
        return self._shown(self._watches.add(query, filters, name))

    def all(self) -> dict[str, Any]:
        """Every saved search with the number of its new hits, oldest first, as `WatchesBody`."""
        return {"watches": [count.json() for count in self._watcher.counts(self._watches.all())]}

    def one(self, watch_id: str) -> dict[str, Any]:
        """The `watch` object of a saved search.

        Raises:
            NotFound: there is no such saved search.
        """
        return self._shown(self._watches.get(watch_id))

    def new(self, watch_id: str, limit: int, cursor: str | None = None) -> NewHits:
        """A page of the new hits.

        Raises:
            NotFound: there is no such saved search.
            BadInput: the cursor is none that a page gave, or the query asks for more than can be read.
        """
        return self._watcher.new(self._watches.get(watch_id), limit, cursor)

    def see(self, watch_id: str, mark: int | None = None) -> dict[str, Any]:
        """Note that the hits up to a page's `mark` were seen, all there are without one; returns the `watch` object.

        Raises:
            NotFound: there is no such saved search.
        """
        return self._shown(self._watches.see(watch_id, mark))

    def remove(self, watch_id: str) -> None:
        """Remove a saved search; raises as `see`."""
        self._watches.remove(watch_id)

    def open_feed(self, watch_id: str) -> str:
        """Make a token for the address of its feed, in place of one before; raises as `see`."""
        return self._watches.open_feed(watch_id)

    def feed(self, watch_id: str) -> tuple[Watch, list[NewHit]]:
        """A saved search and what its feed holds, last first.

        Raises:
            NotFound: there is no such saved search.
            BadInput: the query asks for more than can be read.
        """
        watch = self._watches.get(watch_id)
        return watch, self._watcher.latest(watch, FEED_ENTRIES, self._now() - timedelta(days=FEED_DAYS))

    def _shown(self, watch: Watch) -> dict[str, Any]:
        [count] = self._watcher.counts([watch])
        return count.json()
