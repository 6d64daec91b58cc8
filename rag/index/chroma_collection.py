"""A Chroma collection, embedded or on a server. Chroma's types stay in this module."""

import shutil
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar
from urllib.parse import urlsplit

from rag.catalog.database import vacuum_file
from rag.errors import GraphDamaged, StoreUnavailable
from rag.index.chroma_files import check_space, clear_unused, graph_folders

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

COLLECTION = "paragraphs"
"""Name of the collection for the vectors of the original encoder; others begin with it."""

_NOT_ON_DISK = "Nothing found on disk"
_RETRY_PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4)  # seconds
_CHROMA_BATCH = 2000
_CONFIGURATION: Any = {"hnsw": {"space": "cosine", "ef_construction": 100, "ef_search": 200}}
_REWRITTEN = "-rewritten"
_NO_DATABASE = ("(code: 11)", "(code: 26)")  # SQLite's SQLITE_CORRUPT and SQLITE_NOTADB
_P = ParamSpec("_P")
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
        client = _guarded(_client)(self._location)
        try:
            self._open_collection(client, create)
        except BaseException:
            client.close()  # the next client of the folder would get its threads, which may wait for ever
            raise
        self._client = client

    def _open_collection(self, client: Any, create: bool) -> None:
        from langchain_chroma import Chroma

        names = {collection.name for collection in _guarded(client.list_collections)()}
        if self._name not in names and (rewritten := self._name + _REWRITTEN) in names:  # `rewrite` was broken off
            collection = _guarded(client.get_collection)(rewritten, embedding_function=None)
            _guarded(collection.modify)(name=self._name)
        self._chroma = _guarded(Chroma)(
            collection_name=self._name,
            embedding_function=self._embeddings,
            client=client,
            collection_configuration=_CONFIGURATION,
            create_collection_if_not_exists=create,
        )
        # langchain-chroma cannot add existing vectors, delete single ids or count.
        self._collection = _guarded(client.get_collection)(self._name, embedding_function=None)

    def close(self) -> None:
        """Close the files or the connection."""
        self._client.close()

    def check(self) -> None:
        """Check that Chroma answers.

        Raises:
            StoreUnavailable: it does not answer.
        """
        with self._in_use():
            _guarded(self._client.heartbeat)()

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

    def readable(self, ids: Sequence[str]) -> list[str]:
        """Those of these ids that are held with a vector that can be read."""
        if not ids:
            return []
        found = self._asked(lambda: self._collection.get(list(ids), include=["embeddings"]))
        return [each for each, vector in zip(found["ids"], found["embeddings"], strict=True) if vector is not None]

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
        found = _retry_until_on_disk(
            lambda: self._asked(lambda: self._chroma.similarity_search_by_vector_with_relevance_scores(vector, k=k))
        )
        return [(str(document.id), distance) for document, distance in found]

    # --- erasing

    def rewrite(self) -> None:
        """Write what is held anew, and delete all other collections, so that no file holds what was deleted.

        A graph only marks what is deleted, and a deleted collection leaves its files behind.
        """
        _delete_collections(self._client, but={self._name})
        folders = graph_folders(self._location) if isinstance(self._location, Path) else []
        fresh = _guarded(self._client.create_collection)(
            self._name + _REWRITTEN, embedding_function=None, configuration=_CONFIGURATION
        )
        for start in range(0, self.count(), _CHROMA_BATCH):
            page = _guarded(self._collection.get)(
                limit=_CHROMA_BATCH, offset=start, include=["documents", "metadatas", "embeddings"]
            )
            _guarded(fresh.add)(**{name: page[name] for name in ("ids", "documents", "metadatas", "embeddings")})
        if _guarded(fresh.count)() != self.count():
            raise StoreUnavailable("the vector index changed while it was written anew; try again")
        with self._alone():
            _guarded(self._client.delete_collection)(self._name)
            _guarded(fresh.modify)(name=self._name)
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
                return _guarded(ask)()
        except StoreUnavailable as error:
            if isinstance(self._location, Path) or not isinstance(error.__cause__, NotFoundError):
                raise
        with self._alone():
            former = self._client
        former.close()
        with self._in_use():
            return _guarded(ask)()

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
    def _alone(self) -> Iterator[None]:
        """Searches wait for the end of the block, after which Chroma is opened anew."""
        with self._turnstile:
            self._turnstile.wait_for(lambda: not self._users)
            try:
                yield
            finally:
                self._open()


def delete_collections(location: Path | str) -> None:
    """Delete the collections of all encoders with all their files, if there are any."""
    if isinstance(location, Path):
        shutil.rmtree(location, ignore_errors=True)
        return
    _delete_collections(_guarded(_client)(location), but=())


def _delete_collections(client: Any, but: Collection[str]) -> None:
    """Delete the collections of all encoders except these."""
    for collection in _guarded(client.list_collections)():
        if collection.name.partition("-")[0] == COLLECTION and collection.name not in but:
            _guarded(client.delete_collection)(collection.name)


def _of_cables(cable_ids: Sequence[str]) -> Any:
    return {"cable_id": {"$in": list(cable_ids)}}


def _client(location: Path | str) -> Any:
    import chromadb

    settings = chromadb.config.Settings(anonymized_telemetry=False)
    if isinstance(location, Path):
        try:
            return chromadb.PersistentClient(path=str(location), settings=settings)
        except BaseException:
            # Chroma keeps what it could not start, and hands it to the next client of the folder.
            chromadb.api.shared_system_client.SharedSystemClient._identifier_to_system.pop(str(location), None)
            raise
    address = urlsplit(location)
    return chromadb.HttpClient(
        host=address.hostname or "localhost",
        port=address.port or (443 if address.scheme == "https" else 8000),
        ssl=address.scheme == "https",
        settings=settings,
    )


def _retry_until_on_disk(query: Callable[[], _R]) -> _R:
    """Repeat a query while a Chroma server has not yet written a collection's first vectors to its disk."""
    for pause in _RETRY_PAUSES:
        try:
            return query()
        except StoreUnavailable as error:
            if _NOT_ON_DISK not in str(error):
                raise
            time.sleep(pause)
    return query()


def _guarded(call: Callable[_P, _R]) -> Callable[_P, _R]:
    """Wrap a call so that Chroma's errors are raised as `StoreUnavailable`."""

    def guarded(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        from chromadb.errors import ChromaError
        from httpx import HTTPError

        try:
            return call(*args, **kwargs)
        except (ChromaError, HTTPError, ValueError, OSError) as error:
            first = (str(error) or type(error).__name__).splitlines()[0]
            kind = GraphDamaged if any(code in first for code in _NO_DATABASE) else StoreUnavailable
            raise kind(
                f"the vector index cannot be used: {first}; check the disk or CABLES_CHROMA_URL; "
                "`cables rebuild --all` rebuilds a damaged index"
            ) from error

    return guarded
