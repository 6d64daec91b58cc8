"""Fills a graph that was lost out of the flat index, which has every vector in half precision: nothing is encoded."""

from collections.abc import Callable

from rag.catalog.catalog import Catalog
from rag.catalog.manifest import ERASE
from rag.index.graph_check import GraphFault
from rag.index.indexer import Indexer
from rag.index.vectors import VectorIndex

_BATCH_CABLES = 32


class GraphRefill:
    """Brings back what Chroma lacks. Searches go on meanwhile, and indexing takes turns with it."""

    def __init__(self, catalog: Catalog, vectors: VectorIndex, indexer: Indexer, owned: bool) -> None:
        """Only the owner of the indexes fills them."""
        self._catalog = catalog
        self._vectors = vectors
        self._indexer = indexer
        self._owned = owned and not catalog.read_only

    def check(self) -> None:
        """Look through the graph; searches leave it aside where something is wrong with it.

        Raises:
            StoreUnavailable: Chroma does not answer.
        """
        settled = self._owned and not self._catalog.unindexed() and ERASE not in self._catalog.manifest()
        self._vectors.check_graph(settled)

    def run(
        self, progress: Callable[[int], None] = lambda done: None, stopped: Callable[[], bool] = lambda: False
    ) -> bool:
        """Fill the graph if something is wrong with it; returns whether it is whole now and was not before.

        `progress` gets the number of cables of each batch. Broken off, the next check finds the graph incomplete. A
        cable of which the flat index lacks a window as well is marked as not indexed.

        Raises:
            StoreUnavailable: an index cannot be written.
        """
        graph = self._vectors.graph
        if graph.checked is None:
            self.check()
        if graph.fault is None or not self._owned:
            return False
        if not graph.fault.incomplete:
            with self._indexer.lock:
                self._vectors.begin_graph_anew()
        lost = GraphFault(graph.fault.reason, incomplete=True)
        whole = False
        try:
            whole = self._fill(lost, progress, stopped)
        finally:
            graph.found(None if whole else lost)
        return whole

    def _fill(self, lost: GraphFault, progress: Callable[[int], None], stopped: Callable[[], bool]) -> bool:
        ids = self._catalog.ids()
        for start in range(0, len(ids), _BATCH_CABLES):
            if stopped():
                return False
            reason = f"{lost.reason}; it is being made anew, {start / len(ids):.0%} done"
            self._vectors.graph.fault = GraphFault(reason, incomplete=True)
            batch = ids[start : start + _BATCH_CABLES]
            with self._indexer.lock:
                self._fill_batch(batch)
            progress(len(batch))
        return True

    def _fill_batch(self, ids: list[str]) -> None:
        cables = list(self._catalog.cables(ids))
        waiting = set(self._catalog.unindexed())  # read last: what another process has changed since is among these
        windows = self._vectors.entries.of(cable for cable in cables if str(cable.id) not in waiting)
        if lost := self._vectors.refill(windows):
            self._catalog.mark_unindexed(sorted(lost))
