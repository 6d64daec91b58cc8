"""The vector index: Chroma through langchain-chroma, embedded or a server."""

from collections.abc import Collection, Sequence
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np

from rag.domain.access import OWNER, Clearance
from rag.domain.filters import Filters
from rag.encoders.encoder import SearchEmbeddings
from rag.errors import GraphDamaged, StoreUnavailable
from rag.index.chroma_collection import COLLECTION, ChromaCollection
from rag.index.flat_vectors import FlatVectors
from rag.index.graph_check import GraphFault, graph_fault
from rag.index.graph_state import GraphState
from rag.index.window_entries import Entry, StoredEntry, StoredWindow, Window, WindowEntries, paragraph_key_of
from rag.models.known_models import KNOWN

_ROUNDING = 0.01  # the length of a unit vector in half precision differs from 1 by far less


@dataclass(frozen=True, slots=True)
class ScoredKey:
    """A paragraph key with a score; higher is better, scales differ between indexes."""

    key: str
    score: float


class VectorIndex:
    """Windows of paragraphs with their vectors. Ids are `KEY/0`, `KEY/1` ...; results are collapsed to keys.

    Searches with filters or a clearance use the flat index. Searches of the whole archive also use Chroma's graph: both
    are approximate, and they miss different windows.
    """

    def __init__(
        self, location: Path | str, flat: Path, embeddings: SearchEmbeddings, collection: str = COLLECTION
    ) -> None:
        """`location` is a folder for an embedded Chroma or the URL of a Chroma server; `flat` is always a folder.

        Each encoder has a `collection` of its own.
        """
        self._reader = OWNER
        self.entries = WindowEntries(embeddings.folder, embeddings.may_read)
        self.flat = FlatVectors(flat / collection)
        self._collection = ChromaCollection(location, collection, embeddings)
        self.graph = GraphState()

    def keep_only(self, beside: Collection[str]) -> None:
        """Delete every other collection except those in `beside`."""
        self.flat.keep_only(beside)
        self._collection.keep_only(beside)

    def as_reader(self, reader: Clearance) -> Self:
        """The same index, limited to the paragraphs that this reader may see."""
        view = copy(self)
        view._reader = reader
        return view

    def check(self) -> None:
        """Check that the index answers.

        Raises:
            StoreUnavailable: the index does not answer.
        """
        self._collection.check()

    def check_graph(self, settled: bool = False) -> None:
        """Look whether Chroma's graph holds what the flat index holds; `settled` as for `graph_fault`.

        Raises:
            StoreUnavailable: Chroma does not answer.
        """
        self.graph.found(graph_fault(self._collection, self.flat, settled))

    def begin_graph_anew(self) -> None:
        """Delete all that Chroma holds of this index, in whatever state it is."""
        self._collection.begin_anew()

    def close(self) -> None:
        """Close the files or the connection."""
        self._collection.close()

    def stored(self, cable_ids: Sequence[str]) -> list[StoredEntry]:
        """The windows of these cables in the index, with the vectors of its graph.

        Raises:
            StoreUnavailable: the index does not answer, or a vector cannot be read.
        """
        ids, digests, vectors = self._collection.of_cables(cable_ids)
        return list(zip(map(StoredWindow, ids, digests), vectors, strict=True))

    def replace(self, cable_ids: Sequence[str], entries: Sequence[Entry]) -> None:
        """Replace all windows of these cables by `entries`. What Chroma holds as it should be is left as it is."""
        held = self._held(cable_ids)
        new = [(window, vector) for window, vector in entries if held.get(window.id) != window.digest]
        kept = {window.id for window, _ in entries} - {window.id for window, _ in new}
        self.drop([window_id for window_id in held if window_id not in kept])
        self._put(new)
        self.flat.replace(cable_ids, entries)

    def refill(self, windows: Sequence[Window]) -> set[str]:
        """Bring to Chroma what it lacks of these windows, which are all of their cables', from the flat index.

        Returns the ids of cables of which the flat index lacks a window as well.
        """
        cable_ids = list({window.metadata["cable_id"] for window in windows})
        held, flat = self._held(cable_ids), self.flat.stored(cable_ids)
        lacking = [window for window in windows if held.get(window.id) != window.digest]
        self.drop([window.id for window in lacking if window.id in held])
        vectors = {window.id: flat[window.id][1].astype(np.float32) for window in lacking if window.id in flat}
        good = {name: vector for name, vector in vectors.items() if abs(float(np.linalg.norm(vector)) - 1) < _ROUNDING}
        self._put([(window, good[window.id]) for window in lacking if window.id in good])
        return {window.metadata["cable_id"] for window in lacking if window.id not in good}

    def _put(self, entries: Sequence[Entry]) -> None:
        self._collection.put(
            [window.id for window, _ in entries],
            [{"cable_id": window.metadata["cable_id"], "digest": window.digest} for window, _ in entries],
            [vector for _, vector in entries],
        )

    def _held(self, cable_ids: Sequence[str]) -> dict[str, str | None]:
        """The windows of these cables in Chroma with the digests of their texts; None where vectors cannot be read."""
        try:
            return {window.id: window.digest for window, _ in self.stored(cable_ids)}
        except StoreUnavailable:
            return dict.fromkeys(self._collection.ids_of(cable_ids))

    def compact(self) -> None:
        """Rewrite the files, which still contain what was deleted, while searches continue.

        The vectors of other encoders are deleted. They are not searched, and are made again when they are needed.
        """
        self.flat.keep_only(())
        self.flat.compact()
        self._collection.rewrite()

    def remove(self, cable_ids: Sequence[str]) -> None:
        """Delete all windows of these cables; unknown ids are ignored."""
        self.drop(self._collection.ids_of(cable_ids))
        self.flat.replace(cable_ids, [])

    def drop(self, window_ids: Sequence[str]) -> None:
        """Delete single windows by their ids."""
        self._collection.delete(window_ids)

    def search(self, vector: list[float], k: int, filters: Filters) -> list[ScoredKey]:
        """The `k` paragraphs nearest to a unit vector, best first; the score is the cosine similarity."""
        classes = self._reader.classes
        near = dict(self.flat.search(vector, k, filters, classes))
        if not filters and classes is None and self._graph_is_whole():
            near = self._graph(vector, k) | near
        best = sorted(near.items(), key=lambda item: (-item[1], item[0]))
        return [ScoredKey(key, score) for key, score in best[:k]]

    def _graph_is_whole(self) -> bool:
        if self.graph.checked is None:
            self.check_graph()
        return self.graph.fault is None

    def _graph(self, vector: list[float], k: int) -> dict[str, float]:
        best: dict[str, float] = {}
        try:
            nearest = self._collection.nearest(vector, 2 * k)
        except GraphDamaged:
            self.graph.found(GraphFault("its files are damaged"))
            return best
        for window_id, distance in nearest:
            # The results are ordered by distance, so the first window of a paragraph is its best.
            best.setdefault(paragraph_key_of(window_id), 1.0 - distance)
        return best

    def ids(self) -> set[str]:
        """Ids of all windows in the index."""
        return self._collection.ids()

    def count(self) -> int:
        """How many windows the index contains."""
        return self._collection.count()


def collection_of(encoder: str | None) -> str:
    """Name of the collection for the vectors of this adapted or fetched encoder, or of the original."""
    if encoder is None:
        return COLLECTION
    digests = KNOWN[encoder].files.values() if encoder in KNOWN else ()
    return f"{COLLECTION}-{next(iter(digests), encoder.rpartition('-')[2])[:12]}"
