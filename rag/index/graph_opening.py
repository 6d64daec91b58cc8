"""Opens the vector index and looks through its graph."""

import logging
from collections.abc import Callable
from pathlib import Path

from rag.errors import GraphDamaged
from rag.index.chroma_collection import delete_collections
from rag.index.graph_check import GraphFault
from rag.index.vectors import VectorIndex

_log = logging.getLogger("cables.index")


def open_checked(
    opened: Callable[[], VectorIndex], location: Path | str, owned: bool, settled: bool, crashed: bool
) -> VectorIndex:
    """The vector index; its owner deletes a damaged graph, to be made anew by `GraphRefill`.

    `settled` says that nothing waits to be indexed, `crashed` that reading the graph ends a process.

    Raises:
        StoreUnavailable: Chroma does not answer.
    """
    if crashed:
        return _begun_anew(opened, location, GraphFault("reading its files ends the process"))
    try:
        vectors = opened()
    except GraphDamaged as error:
        if not owned:
            raise
        return _begun_anew(opened, location, GraphFault(f"its files are damaged ({error.__cause__})"))
    vectors.check_graph(settled)
    if (fault := vectors.graph.fault) is None:
        return vectors
    if owned and not fault.incomplete:
        vectors.close()
        return _begun_anew(opened, location, fault)
    _warn(fault)
    return vectors


def _begun_anew(opened: Callable[[], VectorIndex], location: Path | str, fault: GraphFault) -> VectorIndex:
    _warn(fault)
    delete_collections(location)
    vectors = opened()
    vectors.graph.fault = fault
    return vectors


def _warn(fault: GraphFault) -> None:
    _log.warning("the graph of vectors is not whole: %s; the service or `cables rebuild` makes it anew", fault.reason)
