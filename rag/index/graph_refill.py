"""Fills a graph that was lost out of the flat index, which has every vector in half precision: nothing is encoded."""

from collections.abc import Callable

from rag.catalog.catalog import Catalog
from rag.index.graph_check import GraphFault
from rag.index.indexer import Indexer
from rag.index.vectors import VectorIndex

_BATCH_CABLES = 32


class GraphRefill:
    """Brings back what Chroma lacks. Searches go on meanwhile, and indexing takes turns with it."""

    def __init__(self, catalog: Catalog, vectors: VectorIndex, indexer: Indexer) -> None:
        self._catalog = catalog
        self._vectors = vectors
        self._indexer = indexer

    def run(
        self, progress: Callable[[int], None] = lambda done: None, stopped: Callable[[], bool] = lambda: False
    ) -> bool:
        """Fill the graph if something is wrong with it; returns whether there was.

        `progress` gets the number of cables of each batch.
        Broken off, the next owner of the store finds the graph incomplete and goes on. A cable of which the flat index
        lacks a window as well is marked as not indexed.

        Raises:
            StoreUnavailable: an index cannot be written.
        """
        if (fault := self._vectors.graph.fault) is None:
            return False
        ids = self._catalog.ids()
        for start in range(0, len(ids), _BATCH_CABLES):
            if stopped():
                return True
            reason = f"{fault.reason}; it is being made anew, {start / len(ids):.0%} done"
            self._vectors.graph.fault = GraphFault(reason)
            batch = ids[start : start + _BATCH_CABLES]
            with self._indexer.lock:
                self._refill(batch)
            progress(len(batch))
        self._vectors.graph.fault = None
        return True

    def _refill(self, ids: list[str]) -> None:
        indexed = set(ids).difference(self._catalog.unindexed())
        windows = self._vectors.entries.of(self._catalog.cables(sorted(indexed)))
        if lost := self._vectors.refill(windows):
            self._catalog.mark_unindexed(sorted(lost))
