"""The two indexes of an archive, held together by cable."""

from collections.abc import Sequence

from rag.cable import Cable
from rag.lexical import LexicalIndex
from rag.vectors import VectorIndex
from rag.window_entries import Entry, HeldEntry


class Indexes:
    """Vectors and words: what the catalog holds, found by meaning and by words."""

    def __init__(self, vectors: VectorIndex, lexical: LexicalIndex) -> None:
        self.vectors = vectors
        self.lexical = lexical

    def held(self, cable_ids: Sequence[str]) -> list[HeldEntry]:
        """The windows of these cables that the vector index holds."""
        return self.vectors.held(cable_ids)

    def replace(self, cables: Sequence[Cable], entries: Sequence[Entry]) -> None:
        """Hold these cables, whose windows are `entries`, in place of what was held under their ids."""
        self.vectors.replace([str(cable.id) for cable in cables], entries)
        self.lexical.replace(cables)

    def drop(self, window_ids: Sequence[str], cable_ids: Sequence[str]) -> None:
        """Drop windows from the one, cables from the other: what no cable of the catalog accounts for."""
        self.vectors.drop(window_ids)
        if cable_ids:
            self.vectors.flat.replace(cable_ids, [])
            self.lexical.replace([], cable_ids)
