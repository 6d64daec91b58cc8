"""Opens the vector index, with a new graph where the former cannot be opened."""

import logging
from collections.abc import Callable
from pathlib import Path

from rag.errors import GraphDamaged
from rag.index.chroma_collection import delete_collections
from rag.index.graph_check import GraphFault
from rag.index.vectors import VectorIndex

_log = logging.getLogger("cables.index")


def open_vectors(opened: Callable[[], VectorIndex], location: Path | str, owned: bool, crashed: bool) -> VectorIndex:
    """The vector index. Its owner deletes a graph that cannot be opened, for `GraphRefill` to make it anew.

    `crashed` says that reading the graph ends a process.

    Raises:
        StoreUnavailable: Chroma cannot be opened.
    """
    if crashed:
        fault = GraphFault("reading its files ends the process", incomplete=True)
    else:
        try:
            return opened()
        except GraphDamaged as error:
            if not owned:
                raise
            _log.warning("Chroma cannot be opened: %s", error)
            fault = GraphFault("its files are damaged", incomplete=True)
    delete_collections(location)
    vectors = opened()
    vectors.graph.found(fault)
    return vectors
