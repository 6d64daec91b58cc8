"""What the pages of saved searches need of one reader's archive."""

from typing import Any

from api.http.watching_service import WatchService, feed_url
from api.web.browse_query import BrowseQuery
from api.web.page_archive import PageArchive
from rag.retrieval.watcher import NewHits

_AT_ONCE = 50


class SearchesService(PageArchive):
    """Saved searches of whoever opened a page. All calls block, and raise Unauthorized as `PageService` does."""

    def add(self, asked: BrowseQuery) -> dict[str, Any]:
        """Save what Browse was asked for; returns the `watch` object.

        Raises:
            BadInput: the words or the filters cannot be used, or there are too many saved searches.
        """
        return self._watching().add(asked.words, asked.listing.filters)

    def all(self) -> list[dict[str, Any]]:
        """The `watch` objects with the numbers of new hits, oldest first."""
        watches: list[dict[str, Any]] = self._watching().all()["watches"]
        return watches

    def one(self, watch_id: str) -> dict[str, Any]:
        """One `watch` object; raises NotFound where this key has none with the id."""
        return self._watching().one(watch_id)

    def new(self, watch_id: str, cursor: str | None) -> NewHits:
        """A page of the new hits.

        Raises:
            NotFound: this key has no such saved search.
            BadInput: the cursor is none that a page gave, or the query asks for more than can be read.
        """
        found = self._watching().new(watch_id, _AT_ONCE, cursor)
        self._audited().shown(hit.key for hit in found.page.hits)
        return found

    def see(self, watch_id: str, mark: int) -> None:
        """Note that the hits up to a page's `mark` were seen; raises NotFound as `new`."""
        self._watching().see(watch_id, mark)

    def remove(self, watch_id: str) -> None:
        """Remove a saved search; raises NotFound as `new`."""
        self._watching().remove(watch_id)

    def open_feed(self, watch_id: str) -> str:
        """A new address of its feed that needs no key; raises NotFound as `new`."""
        token = self._watching().open_feed(watch_id)
        return feed_url(self._holding.public_url or str(self.connection.base_url), watch_id, token)

    def _watching(self) -> WatchService:
        archive = self._view()
        return WatchService(archive, self._key_id)
