"""The vector index: Chroma through langchain-chroma, embedded or a server."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ParamSpec, Self, TypeVar
from urllib.parse import urlsplit

from rag.access import OWNER, Clearance, access_class, header_class
from rag.cable import Cable, Paragraph
from rag.context import context_of
from rag.embedding import SentenceEmbeddings
from rag.errors import StoreUnavailable
from rag.filters import Filters
from rag.windows import WindowCutter

_COLLECTION = "paragraphs"
_CHROMA_BATCH = 2000
_P = ParamSpec("_P")
_R = TypeVar("_R")


@dataclass(frozen=True, slots=True)
class Scored:
    """A paragraph key with a score; higher is better, scales differ between indexes."""

    key: str
    score: float


class VectorIndex:
    """Windows of paragraphs by meaning. Vector ids are `KEY/0`, `KEY/1` ...; results are collapsed to keys."""

    def __init__(self, location: Path | str, embeddings: SentenceEmbeddings) -> None:
        """`location` is a folder for an embedded Chroma, or the address of a Chroma server."""
        from langchain_chroma import Chroma

        self._reader = OWNER
        self._embeddings = embeddings
        self._cutter = WindowCutter(embeddings.folder)
        self._client = _guarded(_client)(location)
        self._chroma = _guarded(Chroma)(
            collection_name=_COLLECTION,
            embedding_function=embeddings,
            client=self._client,
            collection_configuration={"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200}},
        )

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

    def add(self, cables: Iterable[Cable]) -> None:
        """Index all paragraphs of these cables, which must not be in the index."""
        texts: list[str] = []
        metadatas: list[dict[str, Any]] = []
        ids: list[str] = []
        for cable in cables:
            for paragraph in cable.paragraphs:
                for number, window in enumerate(self.windows(cable, paragraph)):
                    texts.append(window)
                    metadatas.append(_metadata(cable, paragraph))
                    ids.append(f"{paragraph.key}/{number}")
        for start in range(0, len(ids), _CHROMA_BATCH):
            some = slice(start, start + _CHROMA_BATCH)
            _guarded(self._chroma.add_texts)(texts[some], metadatas[some], ids[some])

    def windows(self, cable: Cable, paragraph: Paragraph) -> list[str]:
        """A paragraph as the encoder sees it: its context in front of each piece that fits the window."""
        return self._cutter.cut(context_of(cable, paragraph), paragraph.text)

    def remove(self, cable_ids: Sequence[str]) -> None:
        """Drop all windows of these cables; ids that are not there are passed over."""
        where: Any = {"cable_id": {"$in": list(cable_ids)}}
        found = _guarded(self._chroma.get)(where=where, include=[])["ids"]
        for start in range(0, len(found), _CHROMA_BATCH):
            _guarded(self._chroma.delete)(found[start : start + _CHROMA_BATCH])

    def search(self, vector: list[float], k: int, filters: Filters) -> list[Scored]:
        """The `k` paragraphs nearest to a unit vector, best first; the score is the cosine similarity."""
        found = _guarded(self._chroma.similarity_search_by_vector_with_relevance_scores)(
            vector, k=2 * k, filter=self._where(filters)
        )
        best: dict[str, float] = {}
        for document, distance in found:  # nearest first, so a key's first window is its best
            best.setdefault(document.metadata["key"], 1.0 - distance)
        return [Scored(key, score) for key, score in list(best.items())[:k]]

    def keys(self) -> set[str]:
        """Keys of all paragraphs in the index."""
        found = _guarded(self._chroma.get)(where=self._where(Filters()), include=[])["ids"]
        return {vector_id.rpartition("/")[0] for vector_id in found}

    def _where(self, filters: Filters) -> dict[str, Any] | None:
        conditions = [*self._for_reader(filters), *_conditions(filters)]
        if len(conditions) > 1:
            return {"$and": conditions}
        return conditions[0] if conditions else None

    def _for_reader(self, filters: Filters) -> Iterator[dict[str, Any]]:
        if (classes := self._reader.classes) is not None:
            yield {"access": {"$in": sorted(classes)}}
            if filters.tags:  # TAGS have the classification of their cable
                yield {"header_access": {"$in": sorted(classes)}}


def _metadata(cable: Cable, paragraph: Paragraph) -> dict[str, Any]:
    metadata: dict[str, Any] = {
        "key": str(paragraph.key),
        "cable_id": str(cable.id),
        "post": cable.id.post,
        "access": access_class(paragraph.effective_marking),
        "header_access": header_class(cable),
    }
    if cable.date is not None:
        metadata["seconds"] = int(cable.date.timestamp())
    # One flag a tag: Chroma filters scalars.
    return metadata | {f"tag:{tag}": True for tag in cable.tags}


def _conditions(filters: Filters) -> Iterator[dict[str, Any]]:
    if filters.posts:
        yield {"post": {"$in": sorted(filters.posts)}}
    if filters.cables:
        yield {"cable_id": {"$in": sorted(filters.cables)}}
    if filters.tags:
        tags = [{f"tag:{tag}": True} for tag in sorted(filters.tags)]
        yield tags[0] if len(tags) == 1 else {"$or": tags}
    if filters.first_second is not None:
        yield {"seconds": {"$gte": filters.first_second}}
    if filters.last_second is not None:
        yield {"seconds": {"$lte": filters.last_second}}


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
                f"the vector index cannot be used: {first}; check the store or CABLES_CHROMA_URL"
            ) from error

    return guarded
