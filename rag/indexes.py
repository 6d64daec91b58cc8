"""The two indexes of an archive, kept in step with the catalog."""

from collections.abc import Callable

from rag.catalog import Catalog
from rag.lexical import LexicalIndex
from rag.vectors import VectorIndex

_CABLES_AT_ONCE = 32


class Indexes:
    """Vectors and words. A cable counts as indexed only after both hold it, so a broken run is simply repeated."""

    def __init__(self, catalog: Catalog, vectors: VectorIndex, lexical: LexicalIndex) -> None:
        self.vectors = vectors
        self.lexical = lexical
        self._catalog = catalog

    def sync(self, progress: Callable[[int], None] = lambda done: None) -> int:
        """Index every cable the catalog marks as not indexed; returns how many. `progress` gets cables done."""
        pending = self._catalog.unindexed()
        for start in range(0, len(pending), _CABLES_AT_ONCE):
            ids = pending[start : start + _CABLES_AT_ONCE]
            cables = [cable for cable_id in ids if (cable := self._catalog.cable(cable_id)) is not None]
            self.vectors.remove(ids)
            self.vectors.add(cables)
            self.lexical.replace(cables)
            self._catalog.mark_indexed(ids)
            progress(len(ids))
        return len(pending)
