"""Bringing the indexes up to the catalog: whatever it marks as not indexed is encoded and written."""

import threading
from collections.abc import Callable, Sequence

from rag.cable import Cable
from rag.catalog import Catalog
from rag.embedding import SentenceEmbeddings
from rag.errors import StoreUnavailable
from rag.indexes import Indexes
from rag.window_entries import Entry, WindowEntries

_CABLES_AT_ONCE = 32


class Sync:
    """Encodes first and writes last, so that what is being replaced is found until the new is there.

    A cable counts as indexed only after both indexes hold it, so a broken run is simply repeated; what it had
    encoded already is not encoded again.
    """

    def __init__(
        self, catalog: Catalog, windows: WindowEntries, embeddings: SentenceEmbeddings, indexes: Indexes
    ) -> None:
        self._catalog = catalog
        self._windows = windows
        self._embeddings = embeddings
        self._indexes = indexes
        self._turn = threading.Lock()

    def run(self, progress: Callable[[int], None] = lambda done: None, most: int | None = None) -> int:
        """Index the cables the catalog marks as not indexed, `most` of them or all; returns how many.

        `progress` gets cables done. Of several threads one indexes at a time.
        """
        with self._turn:
            return self._run(self._catalog.unindexed()[:most], progress)

    def _run(self, pending: Sequence[str], progress: Callable[[int], None]) -> int:
        for start in range(0, len(pending), _CABLES_AT_ONCE):
            ids = pending[start : start + _CABLES_AT_ONCE]
            cables = [cable for cable_id in ids if (cable := self._catalog.cable(cable_id)) is not None]
            self._indexes.replace(cables, self._entries(ids, cables))
            self._catalog.mark_indexed(ids)
            progress(len(ids))
        return len(pending)

    def _entries(self, ids: Sequence[str], cables: Sequence[Cable]) -> list[Entry]:
        windows = self._windows.of(cables)
        known = {window.text: vector for window, vector in self._readable(ids)}
        unknown = [window.text for window in windows if window.text not in known]
        if unknown:
            known.update(zip(unknown, self._embeddings.encode_documents(unknown), strict=True))
        return [(window, known[window.text]) for window in windows]

    def _readable(self, ids: Sequence[str]) -> list[Entry]:
        try:
            return self._indexes.held(ids)
        except StoreUnavailable:
            return []  # damaged vectors are made anew; if the index is away altogether, writing says so
