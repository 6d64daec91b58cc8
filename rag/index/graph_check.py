"""Whether Chroma's graph holds what the flat index holds.

A graph that lost its files goes on to answer, with nothing. One whose files are damaged can end the process that reads
them. So a sample of its windows is looked for before it is first used, and where the last owner of the store did not
end in order, another process looks first.
"""

import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.errors import GraphDamaged, StoreUnavailable
from rag.index.chroma_collection import ChromaCollection
from rag.index.flat_vectors import FlatVectors

_SAMPLE = 32  # windows
_LEAST = 0.8  # of the sample: an ingest in another process may be writing the rest, and a graph misses some
_NEAREST = 10
_SAME_VECTOR = 0.001  # cosine distance
_CRASHES = {-signal.SIGSEGV, -signal.SIGBUS, -signal.SIGABRT, -signal.SIGILL, -signal.SIGFPE}
_MOST_SECONDS = 300


@dataclass(frozen=True, slots=True)
class GraphFault:
    """What is wrong with a graph. `incomplete`: what it holds is good, but it lacks some."""

    reason: str
    incomplete: bool = False


def graph_fault(collection: ChromaCollection, flat: FlatVectors, settled: bool) -> GraphFault | None:
    """What is wrong with the graph, or None. `settled`: nothing waits to be indexed, so both hold the same windows.

    Raises:
        StoreUnavailable: Chroma does not answer, or the flat index cannot be read.
    """
    sample, expected = flat.sample(_SAMPLE), flat.count()
    try:
        held, vectors = collection.count(), collection.vectors(sample)
        found = sum(_finds(collection, vector) for vector in vectors.values())
    except GraphDamaged:
        return GraphFault("its files are damaged")
    if found < _LEAST * len(vectors):
        return GraphFault(f"of {len(vectors)} of its vectors {found} are found")
    if (settled and held < expected) or len(vectors) < _LEAST * len(sample):
        return GraphFault(f"it holds {held / max(1, expected):.0%} of the vectors", incomplete=True)
    return None


def ends_its_reader(location: Path | str, flat: Path, collection: str) -> bool:
    """Whether the graph of an embedded Chroma ends or holds up the process that reads it; another process tries."""
    if isinstance(location, str):
        return False
    command = [sys.executable, "-P", "-m", "rag.index.graph_check", str(location), str(flat), collection]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=_MOST_SECONDS)  # noqa: S603 - ours
    except subprocess.TimeoutExpired:
        return True
    return done.returncode in _CRASHES


def _finds(collection: ChromaCollection, vector: Sequence[float]) -> bool:
    return any(distance < _SAME_VECTOR for _, distance in collection.nearest(list(vector), _NEAREST))


def main(location: str, flat: str, name: str) -> None:
    """Look through a graph, in a process of its own: only whether it survives is of interest."""
    try:
        collection = ChromaCollection(Path(location), name, None)
        graph_fault(collection, FlatVectors(Path(flat) / name), settled=False)
    except StoreUnavailable:
        return  # whoever opens it next is told


if __name__ == "__main__":
    main(*sys.argv[1:])
