"""A Chroma collection, embedded or on a server. Chroma's types stay in this module and `chroma_client`."""

import shutil
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from rag.catalog.database import vacuum_file
from rag.errors import StoreUnavailable
from rag.index.chroma_client import guarded, open_client, retry_until_on_disk
from rag.index.chroma_files import check_space, clear_unused, graph_folders

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

COLLECTION = "paragraphs"
"""Name of the collection for the vectors of the original encoder; others begin with it."""

_CHROMA_BATCH = 2000
_CONFIGURATION: Any = {"hnsw": {"space": "cosine", "ef_construction": 100, "ef_search": 200}}
_REWRITTEN = "-rewritten"
_R = TypeVar("_R")


class ChromaCollection:
    """Vectors by id, each with the cable it is of and the digest of its text.

    Chroma gets no text and no fields. Indexing them would take longer than the vectors and ten times the disk.
    """

    def __init__(self, location: Path | str, name: str, embeddings: "Embeddings | None") -> None:
        """`location` is a folder for an embedded Chroma or the URL of a Chroma server.

        Raises:
            GraphDamaged: the files in the folder are not those of a database.
            StoreUnavailable: it cannot be opened for another reason.
        """
        self._location = location
        self._name = name
        self._embeddings = embeddings
        self._turnstile = threading.Condition()
        self._users = 0
        self._open(create=True)

    def _open(self, create: bool = False) -> None:
        client = guarded(open_client)(self._location)
        try:
            self._open_collection(client, create)
        except BaseException:
            client.close()  # the next client of the folder would get its threads, which may wait for ever
            raise
        self._client = client

    def _open_collection(self, client: Any, create: bool) -> None:
        from langchain_chroma import Chroma

        names = {collection.name for collection in guarded(client.list_collections)()}
        if self._name not in names and (rewritten := self._name + _REWRITTEN) in names:  # `rewrite` was broken off
            collection = guarded(client.get_collection)(rewritten, embedding_function=None)
            guarded(collection.modify)(name=self._name)
        self._chroma = guarded(Chroma)(
            collection_name=self._name,
            embedding_function=self._embeddings,
            client=client,
            collection_configuration=_CONFIGURATION,
            create_collection_if_not_exists=create,
        )
        # langchain-chroma cannot add existing vectors, delete single ids or count.
        self._collection = guarded(client.get_collection)(self._name, embedding_function=None)

    def close(self) -> None:
        """Close the files or the connection."""
        self._client.close()

    def check(self) -> None:
        """Check that Chroma answers.

        Raises:
            StoreUnavailable: it does not answer.
        """
        with self._in_use():
            guarded(self._client.heartbeat)()

    def keep_only(self, beside: Collection[str]) -> None:
        """Delete every other collection except those in `beside`."""
        _delete_collections(self._client, but={self._name, *beside})

    def of_cables(self, cable_ids: Sequence[str]) -> tuple[list[str], list[str], Any]:
        """Ids, digests and vectors of all that is held of these cables."""
        where = _of_cables(cable_ids)
        found = self._asked(lambda: self._collection.get(where=where, include=["metadatas", "embeddings"]))
        return found["ids"], [each["digest"] for each in found["metadatas"]], found["embeddings"]

    def ids_of(self, cable_ids: Sequence[str]) -> list[str]:
        """Ids of all that is held of these cables."""
        if not cable_ids:
            return []
        where = _of_cables(cable_ids)
        ids: list[str] = self._asked(lambda: self._collection.get(where=where, include=[]))["ids"]
        return ids

    def vectors(self, ids: Sequence[str]) -> dict[str, list[float]]:
        """The vectors of those of these ids that are held.

        Raises:
            GraphDamaged: one of them cannot be read.
        """
        if not ids:
            return {}
        found = retry_until_on_disk(
            lambda: self._asked(lambda: self._collection.get(list(ids), include=["embeddings"]))
        )
        return {each: vector.tolist() for each, vector in zip(found["ids"], found["embeddings"], strict=True)}

    def ids(self) -> set[str]:
        """All ids."""
        return set(self._asked(lambda: self._collection.get(include=[]))["ids"])

    def count(self) -> int:
        """How many vectors are held."""
        held: int = self._asked(lambda: self._collection.count())  # noqa: PLW0108 - the collection may change
        return held

    def put(self, ids: Sequence[str], metadatas: Sequence[Mapping[str, str]], vectors: Sequence[Any]) -> None:
        """Hold these vectors. Chroma merges metadata, so whatever has their ids must be deleted first.

        Raises:
            StoreUnavailable: the index does not answer, or the disk is almost full.
        """
        if isinstance(self._location, Path):
            check_space(self._location, sum(len(vector) for vector in vectors))

        def put() -> None:
            for start in range(0, len(ids), _CHROMA_BATCH):
                some = slice(start, start + _CHROMA_BATCH)
                self._collection.upsert(
                    ids=list(ids[some]),
                    documents=list(ids[some]),  # langchain-chroma skips results without a document
                    metadatas=[dict(each) for each in metadatas[some]],
                    embeddings=list(vectors[some]),
                )

        self._asked(put)

    def delete(self, ids: Sequence[str]) -> None:
        """Delete vectors by their ids."""

        def delete() -> None:
            for start in range(0, len(ids), _CHROMA_BATCH):
                self._collection.delete(list(ids[start : start + _CHROMA_BATCH]))

        self._asked(delete)

    def nearest(self, vector: list[float], k: int) -> list[tuple[str, float]]:
        """Ids of the `k` nearest that the graph finds, with their cosine distances, nearest first."""
        found = retry_until_on_disk(
            lambda: self._asked(lambda: self._chroma.similarity_search_by_vector_with_relevance_scores(vector, k=k))
        )
        return [(str(document.id), distance) for document, distance in found]

    def begin_anew(self) -> None:
        """Delete all that is held, whatever state it is in; searches wait meanwhile."""
        with self._alone(create=True):
            try:
                guarded(self._client.delete_collection)(self._name)
            except StoreUnavailable:
                if isinstance(self._location, str):
                    raise
                self._client.close()
                shutil.rmtree(self._location)
            else:
                self._client.close()

    # --- erasing

    def rewrite(self) -> None:
        """Write what is held anew, and delete all other collections, so that no file holds what was deleted.

        A graph only marks what is deleted, and a deleted collection leaves its files behind.
        """
        _delete_collections(self._client, but={self._name})
        folders = graph_folders(self._location) if isinstance(self._location, Path) else []
        fresh = guarded(self._client.create_collection)(
            self._name + _REWRITTEN, embedding_function=None, configuration=_CONFIGURATION
        )
        for start in range(0, self.count(), _CHROMA_BATCH):
            page = guarded(self._collection.get)(
                limit=_CHROMA_BATCH, offset=start, include=["documents", "metadatas", "embeddings"]
            )
            guarded(fresh.add)(**{name: page[name] for name in ("ids", "documents", "metadatas", "embeddings")})
        if guarded(fresh.count)() != self.count():
            raise StoreUnavailable("the vector index changed while it was written anew; try again")
        with self._alone():
            guarded(self._client.delete_collection)(self._name)
            guarded(fresh.modify)(name=self._name)
            self._client.close()  # its SQLite and Python's would break each other's locks on the file
            for folder in folders:
                shutil.rmtree(folder)
            if isinstance(self._location, Path):
                for folder in graph_folders(self._location):
                    clear_unused(folder)
                vacuum_file(self._location / "chroma.sqlite3")

    def _asked(self, ask: Callable[[], _R]) -> _R:
        """What Chroma replies. If another process has rewritten the collection of a server, it is opened anew."""
        from chromadb.errors import NotFoundError

        try:
            with self._in_use():
                return guarded(ask)()
        except StoreUnavailable as error:
            if isinstance(self._location, Path) or not isinstance(error.__cause__, NotFoundError):
                raise
        with self._alone():
            former = self._client
        former.close()
        with self._in_use():
            return guarded(ask)()

    @contextmanager
    def _in_use(self) -> Iterator[None]:
        """It is not closed within the block; any number of threads may be in one."""
        with self._turnstile:
            self._users += 1
        try:
            yield
        finally:
            with self._turnstile:
                self._users -= 1
                self._turnstile.notify_all()

    @contextmanager
    def _alone(self, create: bool = False) -> Iterator[None]:
        """Searches wait for the end of the block, after which Chroma is opened anew."""
        with self._turnstile:
            self._turnstile.wait_for(lambda: not self._users)
            try:
                yield
            finally:
                self._open(create)


def delete_collections(location: Path | str) -> None:
    """Delete the collections of all encoders with all their files, if there are any."""
    if isinstance(location, Path):
        shutil.rmtree(location, ignore_errors=True)
        return
    _delete_collections(guarded(open_client)(location), but=())


def _delete_collections(client: Any, but: Collection[str]) -> None:
    """Delete the collections of all encoders except these."""
    for collection in guarded(client.list_collections)():
        if collection.name.partition("-")[0] == COLLECTION and collection.name not in but:
            guarded(client.delete_collection)(collection.name)


def _of_cables(cable_ids: Sequence[str]) -> Any:
    return {"cable_id": {"$in": list(cable_ids)}}
