"""Bringing the indexes up to the catalog: whatever it marks as not indexed is encoded and written."""

from collections.abc import Callable, Sequence
from typing import Protocol

from rag.cable import Cable
from rag.catalog import Catalog
from rag.embedding import SentenceEmbeddings
from rag.errors import StoreUnavailable
from rag.window_entries import Entry, WindowEntries

_CABLES_AT_ONCE = 32


class IndexTarget(Protocol):
    """Where entries go: the indexes of this process, or those of the service that owns the store."""

    def held(self, cable_ids: Sequence[str]) -> list[Entry]:
        """The windows held of these cables, with their vectors."""

    def replace(self, cables: Sequence[Cable], entries: Sequence[Entry]) -> None:
        """Hold these cables in place of what was held under their ids."""


class Sync:
    """Encodes first and writes last, so that what is being replaced is found until the new is there.

    A cable counts as indexed only after both indexes hold it, so a broken run is simply repeated; what it had
    encoded already is not encoded again.
    """

    def __init__(
        self, catalog: Catalog, windows: WindowEntries, embeddings: SentenceEmbeddings, target: IndexTarget
    ) -> None:
        self._catalog = catalog
        self._windows = windows
        self._embeddings = embeddings
        self._target = target

    def run(self, progress: Callable[[int], None] = lambda done: None) -> int:
        """Index every cable the catalog marks as not indexed; returns how many. `progress` gets cables done."""
        pending = self._catalog.unindexed()
        for start in range(0, len(pending), _CABLES_AT_ONCE):
            ids = pending[start : start + _CABLES_AT_ONCE]
            cables = [cable for cable_id in ids if (cable := self._catalog.cable(cable_id)) is not None]
            self._target.replace(cables, self._entries(ids, cables))
            self._catalog.mark_indexed(ids)
            progress(len(ids))
        return len(pending)

    def _entries(self, ids: Sequence[str], cables: Sequence[Cable]) -> list[Entry]:
        windows = self._windows.of(cables)
        known = {window.text: vector for window, vector in self._readable(ids)}
        unknown = [window.text for window in windows if window.text not in known]
        if unknown:
            known.update(zip(unknown, self._embeddings.encode(unknown), strict=True))
        return [(window, known[window.text]) for window in windows]

    def _readable(self, ids: Sequence[str]) -> list[Entry]:
        try:
            return self._target.held(ids)
        except StoreUnavailable:
            return []  # damaged vectors are made anew; if the index is away altogether, writing says so
