"""The vector index: Chroma through langchain-chroma, embedded or a server."""

import shutil
import time
from collections.abc import Callable, Collection, Sequence
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ParamSpec, Self, TypeVar
from urllib.parse import urlsplit

from rag.access import OWNER, Clearance
from rag.cable import Cable, Paragraph
from rag.embedding import SentenceEmbeddings
from rag.errors import StoreUnavailable
from rag.filters import Filters
from rag.flat_vectors import FlatVectors
from rag.window_entries import Entry, HeldEntry, HeldWindow, WindowEntries, key_of

_COLLECTION = "paragraphs"
_UNWRITTEN = "Nothing found on disk"
_PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4)  # seconds
_CHROMA_BATCH = 2000
_P = ParamSpec("_P")
_R = TypeVar("_R")


@dataclass(frozen=True, slots=True)
class Scored:
    """A paragraph key with a score; higher is better, scales differ between indexes."""

    key: str
    score: float


class VectorIndex:
    """Windows of paragraphs by meaning. Vector ids are `KEY/0`, `KEY/1` ...; results are collapsed to keys.

    Searches under a condition or a clearance go through the flat index; those of the whole archive walk Chroma's graph
    too. Neither is sure to find all that is near, and each misses other windows than the other.
    """

    def __init__(
        self, location: Path | str, flat: Path, embeddings: SentenceEmbeddings, collection: str = _COLLECTION
    ) -> None:
        """`location` is a folder for an embedded Chroma, or the address of a Chroma server; `flat` is always a folder.

        The vectors of another encoder stand in another `collection`.
        """
        from langchain_chroma import Chroma

        self._reader = OWNER
        self._name = collection
        self.entries = WindowEntries(embeddings.folder)
        self.flat = FlatVectors(flat / collection)
        self._client = _guarded(_client)(location)
        self._chroma = _guarded(Chroma)(
            collection_name=collection,
            embedding_function=embeddings,
            client=self._client,
            collection_configuration={"hnsw": {"space": "cosine", "ef_construction": 100, "ef_search": 200}},
        )
        # For what langchain-chroma has no way to say: vectors that are there already, single ids, counts.
        self._collection = _guarded(self._client.get_collection)(collection, embedding_function=None)

    def restart(self, beside: Collection[str]) -> None:
        """Drop everything in this collection, and every collection that is not one of `beside`."""
        _drop(self._client, but={self._name, *beside})
        self.flat.restart(beside)
        _guarded(self._chroma.reset_collection)()
        self._collection = _guarded(self._client.get_collection)(self._name, embedding_function=None)

    def as_reader(self, reader: Clearance) -> Self:
        """The same index as this reader sees it: finds and lists only paragraphs that are for them."""
        view = copy(self)
        view._reader = reader
        return view

    def check(self) -> None:
        """Ask for a sign of life.

        Raises:
            StoreUnavailable: the index does not answer.
        """
        _guarded(self._client.heartbeat)()

    def close(self) -> None:
        """Let go of the files or the connection."""
        self._client.close()

    def held(self, cable_ids: Sequence[str]) -> list[HeldEntry]:
        """What the index holds of these cables, with the vectors as its graph has them.

        Raises:
            StoreUnavailable: the index does not answer, or a vector cannot be read.
        """
        found = _guarded(self._collection.get)(where=_of_cables(cable_ids), include=["metadatas", "embeddings"])
        digests = (each["digest"] for each in found["metadatas"])
        return list(zip(map(HeldWindow, found["ids"], digests), found["embeddings"], strict=True))

    def replace(self, cable_ids: Sequence[str], entries: Sequence[Entry]) -> None:
        """Hold exactly `entries` of these cables. Chroma merges metadata, so what was held is dropped first.

        Chroma gets no text and no fields: to index them takes it longer than the vectors, and tenfold the disk.
        """
        self._remove(cable_ids)
        for start in range(0, len(entries), _CHROMA_BATCH):
            some = entries[start : start + _CHROMA_BATCH]
            _guarded(self._collection.upsert)(
                ids=[window.id for window, _ in some],
                documents=[window.id for window, _ in some],  # langchain-chroma passes over what has none
                metadatas=[{"cable_id": window.metadata["cable_id"], "digest": window.digest} for window, _ in some],
                embeddings=[vector for _, vector in some],
            )
        self.flat.replace(cable_ids, entries)

    def windows(self, cable: Cable, paragraph: Paragraph) -> list[str]:
        """A paragraph as the encoder sees it: its context in front of each piece that fits the window."""
        return self.entries.texts(cable, paragraph)

    def remove(self, cable_ids: Sequence[str]) -> None:
        """Drop all windows of these cables; ids that are not there are passed over."""
        self._remove(cable_ids)
        self.flat.replace(cable_ids, [])

    def _remove(self, cable_ids: Sequence[str]) -> None:
        if cable_ids:
            self.drop(_guarded(self._collection.get)(where=_of_cables(cable_ids), include=[])["ids"])

    def drop(self, window_ids: Sequence[str]) -> None:
        """Drop single windows by their ids."""
        for start in range(0, len(window_ids), _CHROMA_BATCH):
            _guarded(self._collection.delete)(window_ids[start : start + _CHROMA_BATCH])

    def search(self, vector: list[float], k: int, filters: Filters) -> list[Scored]:
        """The `k` paragraphs nearest to a unit vector, best first; the score is the cosine similarity."""
        classes = self._reader.classes
        near = dict(self.flat.search(vector, k, filters, classes))
        if not filters and classes is None:
            near = self._graph(vector, k) | near
        best = sorted(near.items(), key=lambda each: (-each[1], each[0]))
        return [Scored(key, score) for key, score in best[:k]]

    def _graph(self, vector: list[float], k: int) -> dict[str, float]:
        query = _guarded(self._chroma.similarity_search_by_vector_with_relevance_scores)
        best: dict[str, float] = {}
        for document, distance in _once_written(lambda: query(vector, k=2 * k)):
            best.setdefault(key_of(str(document.id)), 1.0 - distance)  # nearest first: a key's first window is its best
        return best

    def ids(self) -> set[str]:
        """Ids of all windows in the index."""
        return set(_guarded(self._collection.get)(include=[])["ids"])

    def count(self) -> int:
        """How many windows the index holds."""
        held: int = _guarded(self._collection.count)()
        return held


def erase(location: Path | str, flat: Path) -> None:
    """Drop a vector index with all its files; one that is not there is none to drop."""
    shutil.rmtree(flat, ignore_errors=True)
    if isinstance(location, Path):
        shutil.rmtree(location, ignore_errors=True)
        return
    _drop(_guarded(_client)(location), but=())


def collection_of(adapted: str | None) -> str:
    """Name of the collection for the vectors of this adapted encoder, or of the original."""
    return _COLLECTION if adapted is None else f"{_COLLECTION}-{adapted.rpartition('-')[2]}"


def _drop(client: Any, but: Collection[str]) -> None:
    """Drop the collections of all encoders but these."""
    for each in _guarded(client.list_collections)():
        if each.name.partition("-")[0] == _COLLECTION and each.name not in but:
            _guarded(client.delete_collection)(each.name)


def _of_cables(cable_ids: Sequence[str]) -> Any:
    return {"cable_id": {"$in": list(cable_ids)}}


def _client(location: Path | str) -> Any:
    import chromadb

    settings = chromadb.config.Settings(anonymized_telemetry=False)
    if isinstance(location, Path):
        return chromadb.PersistentClient(path=str(location), settings=settings)
    address = urlsplit(location)
    return chromadb.HttpClient(
        host=address.hostname or "localhost",
        port=address.port or (443 if address.scheme == "https" else 8000),
        ssl=address.scheme == "https",
        settings=settings,
    )


def _once_written(query: Callable[[], _R]) -> _R:
    """Ask again where a server answers that a collection's first vectors are not on its disk yet: they are at once."""
    for pause in _PAUSES:
        try:
            return query()
        except StoreUnavailable as error:
            if _UNWRITTEN not in str(error):
                raise
            time.sleep(pause)
    return query()


def _guarded(call: Callable[_P, _R]) -> Callable[_P, _R]:
    """Translate what Chroma raises into our own errors."""

    def guarded(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        from chromadb.errors import ChromaError
        from httpx import HTTPError

        try:
            return call(*args, **kwargs)
        except (ChromaError, HTTPError, ValueError, OSError) as error:
            first = (str(error) or type(error).__name__).splitlines()[0]
            raise StoreUnavailable(
                f"the vector index cannot be used: {first}; check the disk or CABLES_CHROMA_URL; "
                "`cables rebuild --all` makes a damaged index anew"
            ) from error

    return guarded
