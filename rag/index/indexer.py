"""Encodes the cables that the catalog marks as not indexed, and writes them to the indexes."""

import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from rag.catalog.catalog import Catalog
from rag.domain.cable import Cable
from rag.errors import ModelUnavailable, StoreUnavailable
from rag.index.indexes import Indexes
from rag.index.window_entries import Entry, StoredEntry, Vector, Window, WindowEntries

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BATCH_CABLES = 32
_ENCODED_AT_ONCE = 64  # texts between two reports of progress


class DocumentEncoder(Protocol):
    """Encodes texts to be indexed."""

    def encode_documents(self, texts: list[str]) -> "NDArray[np.float32]":
        """Unit vectors, shape (len(texts), dimensions)."""


@dataclass(frozen=True, slots=True)
class _Batch:
    """Cables with their windows; `known` are the vectors already stored of these texts, by digest."""

    ids: Sequence[str]
    cables: Sequence[Cable]
    windows: Sequence[Window]
    known: Mapping[str, Vector]

    @property
    def unknown(self) -> dict[str, str]:
        """The texts that are to be encoded, by digest."""
        return {window.digest: window.text for window in self.windows if window.digest not in self.known}


class Indexer:
    """Indexes cables in batches. A cable's old entries stay in the indexes until the new ones are encoded.

    A cable is marked as indexed only after both indexes contain it, so an interrupted run can simply be repeated.
    Texts that the index already contains are not encoded again.
    """

    def __init__(
        self,
        catalog: Catalog,
        windows: WindowEntries,
        embeddings: DocumentEncoder,
        indexes: Indexes,
        batch_cables: int = _BATCH_CABLES,
    ) -> None:
        """`batch_cables` cables are encoded and written together."""
        self._catalog = catalog
        self._windows = windows
        self._embeddings = embeddings
        self._indexes = indexes
        self._batch_cables = batch_cables
        self.lock = threading.RLock()
        """Held by the thread that writes the indexes."""

    def run(self, progress: Callable[[int], None] = lambda done: None, most: int | None = None) -> int:
        """Index the cables that the catalog marks as not indexed, at most `most` of them; returns how many.

        `progress` gets the number of further cables that are encoded, by the number of their texts; they are written
        to the indexes soon after. One thread indexes at a time.
        """
        with self.lock:
            return self._run(self._catalog.unindexed()[:most], progress)

    def unencoded(self) -> tuple[int, int]:
        """Of how many paragraphs, and of how many characters, are the texts that `run` would have encoded now."""
        pending, paragraphs, characters = self._catalog.unindexed(), 0, 0
        for start in range(0, len(pending), self._batch_cables):
            batch = self._read(pending[start : start + self._batch_cables])
            unknown = batch.unknown
            paragraphs += len({window.key for window in batch.windows if window.digest in unknown})
            characters += sum(map(len, unknown.values()))
        return paragraphs, characters

    def rewrite(self, ids: Sequence[str]) -> None:
        """Index these cables anew, and drop what the indexes hold under the ids of those that are gone.

        Where a server fails that is to encode them, they are dropped all the same, and indexed by the next `run`.
        """
        with self.lock:
            batch = self._read(ids)
            try:
                entries = self._entries(batch)
            except ModelUnavailable:
                self._indexes.remove(ids)
                return
            self._indexes.remove(ids)
            self._write(batch, entries)

    def _run(self, pending: Sequence[str], progress: Callable[[int], None]) -> int:
        """While a batch is encoded, the next one is read and the previous one is written."""
        batches = [pending[start : start + self._batch_cables] for start in range(0, len(pending), self._batch_cables)]
        with ThreadPoolExecutor(1) as reader, ThreadPoolExecutor(1) as writer:
            reads = [reader.submit(self._read, batch) for batch in batches[:1]]
            writes: list[Future[None]] = []
            for number in range(len(batches)):
                batch = reads.pop().result()
                reads += [reader.submit(self._read, following) for following in batches[number + 1 : number + 2]]
                entries = self._entries(batch, progress)
                if writes:
                    writes.pop().result()
                writes.append(writer.submit(self._write, batch, entries))
            for write in writes:
                write.result()
        return len(pending)

    def _read(self, ids: Sequence[str]) -> _Batch:
        cables = list(self._catalog.cables(ids))
        known = {window.digest: vector for window, vector in self._stored(ids)}
        return _Batch(ids, cables, self._windows.of(cables), known)

    def _entries(self, batch: _Batch, progress: Callable[[int], None] = lambda done: None) -> list[Entry]:
        """The windows with their vectors. `progress` gets the share of the batch that is encoded, in cables."""
        known, unknown, told = dict(batch.known), batch.unknown, 0
        digests = sorted(unknown, key=lambda digest: len(unknown[digest]))  # texts of one length are encoded fastest
        for start in range(0, len(digests), _ENCODED_AT_ONCE):
            part = digests[start : start + _ENCODED_AT_ONCE]
            vectors = self._embeddings.encode_documents([unknown[digest] for digest in part])
            known.update(zip(part, vectors, strict=True))
            done = len(batch.ids) * (start + len(part)) // len(digests)
            progress(done - told)
            told = done
        progress(len(batch.ids) - told)
        return [(window, known[window.digest]) for window in batch.windows]

    def _write(self, batch: _Batch, entries: Sequence[Entry]) -> None:
        self._indexes.replace(batch.cables, entries)
        self._catalog.mark_indexed(batch.ids)

    def _stored(self, ids: Sequence[str]) -> list[StoredEntry]:
        try:
            return self._indexes.vectors.stored(ids)
        except StoreUnavailable:
            return []  # damaged vectors are encoded again; if the whole index is unavailable, writing raises
