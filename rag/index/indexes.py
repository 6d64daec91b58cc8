"""The two indexes of an archive, written together."""

from collections.abc import Iterable, Sequence

from rag.domain.cable import Cable
from rag.index.lexical import LexicalIndex
from rag.index.vectors import VectorIndex
from rag.index.window_entries import Entry


class Indexes:
    """The vector index and the lexical index of the same cables."""

    def __init__(self, vectors: VectorIndex, lexical: LexicalIndex) -> None:
        self.vectors = vectors
        self.lexical = lexical

    def replace(self, cables: Sequence[Cable], entries: Sequence[Entry]) -> None:
        """Replace all entries of these cables; `entries` are their windows."""
        self.vectors.replace([str(cable.id) for cable in cables], entries)
        self.lexical.replace(cables)

    def drop(self, window_ids: Sequence[str], cable_ids: Sequence[str]) -> None:
        """Delete single windows from the vector index, and cables from the flat and the lexical index."""
        self.vectors.drop(window_ids)
        if cable_ids:
            self.vectors.flat.replace(cable_ids, [])
            self.lexical.replace([], cable_ids)

    def remove(self, cable_ids: Sequence[str]) -> None:
        """Drop these cables from both; `compact` removes them from the files too."""
        self.vectors.remove(cable_ids)
        self.lexical.replace([], cable_ids)

    def compact(self, cables: Iterable[Cable]) -> None:
        """Rewrite the files that still hold what was dropped; `cables` are all that the indexes are to hold."""
        self.vectors.compact()
        self.lexical.rewrite(cables)
