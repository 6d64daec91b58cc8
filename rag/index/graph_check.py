"""Whether Chroma's graph holds what the flat index holds.

A graph that lost its files goes on to answer, with nothing. One whose files are damaged can end the process that reads
them. So whoever opens the index looks for a sample of its windows first, and where the last owner did not end in order,
lets another process look before.
"""

import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.errors import StoreUnavailable
from rag.index.chroma_collection import ChromaCollection
from rag.index.flat_vectors import FlatVectors

_SAMPLE = 32  # windows
_LEAST = 0.8  # of the sample: an ingest in another process may be writing the rest, and a graph misses some
_NEAREST = 10
_SAME_VECTOR = 0.001  # cosine distance; half precision accounts for less than half of it
_CRASHES = {-signal.SIGSEGV, -signal.SIGBUS, -signal.SIGABRT, -signal.SIGILL, -signal.SIGFPE}
_MOST_SECONDS = 600


@dataclass(frozen=True, slots=True)
class GraphFault:
    """What is wrong with a graph. `incomplete`: what it holds is good, but it lacks some."""

    reason: str
    incomplete: bool = False


def graph_fault(collection: ChromaCollection, flat: FlatVectors, settled: bool) -> GraphFault | None:
    """What is wrong with the graph, or None. `settled`: nothing waits to be indexed, so both hold the same windows.

    Raises:
        StoreUnavailable: Chroma does not answer at all.
    """
    collection.check()
    sample = flat.sample(_SAMPLE)
    try:
        held, expected = collection.count(), flat.count()
        readable = set(collection.readable([window_id for window_id, _ in sample]))
        found = sum(_finds(collection, vector) for window_id, vector in sample if window_id in readable)
    except StoreUnavailable as error:
        return GraphFault(f"its files are damaged ({error.__cause__ or error})")
    if found < _LEAST * len(readable):
        return GraphFault(f"of {len(readable)} of its vectors {found} are found")
    if (settled and held < expected) or len(readable) < _LEAST * len(sample):
        return GraphFault(f"it holds {held / expected:.0%} of the vectors", incomplete=True)
    return None


def ends_its_reader(location: Path | str, flat: Path, collection: str) -> bool:
    """Whether a process that reads the graph of an embedded Chroma is ended by it; another process tries it."""
    if isinstance(location, str):
        return False
    command = [sys.executable, "-m", "rag.index.graph_check", str(location), str(flat), collection]
    done = subprocess.run(command, capture_output=True, check=False, timeout=_MOST_SECONDS)  # noqa: S603 - this module
    return done.returncode in _CRASHES


def _finds(collection: ChromaCollection, vector: NDArray[np.float16]) -> bool:
    nearest = collection.nearest(vector.astype(np.float32).tolist(), _NEAREST)
    return any(distance < _SAME_VECTOR for _, distance in nearest)


def main(location: str, flat: str, name: str) -> None:
    """Look through a graph, in a process of its own: only whether it survives is of interest."""
    try:
        collection = ChromaCollection(Path(location), name, None)
        graph_fault(collection, FlatVectors(Path(flat) / name), settled=False)
    except StoreUnavailable:
        return  # whoever opens it next is told


if __name__ == "__main__":
    main(*sys.argv[1:])
