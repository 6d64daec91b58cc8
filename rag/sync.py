"""Bringing the indexes up to the catalog: whatever it marks as not indexed is encoded and written."""

import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from rag.cable import Cable
from rag.catalog import Catalog
from rag.errors import StoreUnavailable
from rag.indexes import Indexes
from rag.window_entries import Entry, HeldEntry, Vector, Window, WindowEntries

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_CABLES_AT_ONCE = 32


class DocumentEncoder(Protocol):
    """Whatever makes vectors of texts to be indexed."""

    def encode_documents(self, texts: list[str]) -> "NDArray[np.float32]":
        """Unit vectors, shape (len(texts), dimensions)."""


@dataclass(frozen=True, slots=True)
class _Batch:
    """Cables with their windows, and the vectors that the index holds of such texts, by digest."""

    ids: Sequence[str]
    cables: Sequence[Cable]
    windows: Sequence[Window]
    known: Mapping[str, Vector]


class Sync:
    """Encodes first and writes last, so that what is being replaced is found until the new is there.

    A cable counts as indexed only after both indexes hold it, so a broken run is simply repeated; what it had
    encoded already is not encoded again.
    """

    def __init__(
        self,
        catalog: Catalog,
        windows: WindowEntries,
        embeddings: DocumentEncoder,
        indexes: Indexes,
        at_once: int = _CABLES_AT_ONCE,
    ) -> None:
        """`at_once` cables are encoded and written together."""
        self._catalog = catalog
        self._windows = windows
        self._embeddings = embeddings
        self._indexes = indexes
        self._at_once = at_once
        self._turn = threading.Lock()

    def run(self, progress: Callable[[int], None] = lambda done: None, most: int | None = None) -> int:
        """Index the cables the catalog marks as not indexed, `most` of them or all; returns how many.

        `progress` gets cables done. Of several threads one indexes at a time.
        """
        with self._turn:
            return self._run(self._catalog.unindexed()[:most], progress)

    def _run(self, pending: Sequence[str], progress: Callable[[int], None]) -> int:
        """While one batch is encoded, the next is read and cut and the last is written."""
        batches = [pending[start : start + self._at_once] for start in range(0, len(pending), self._at_once)]
        with ThreadPoolExecutor(1) as reader, ThreadPoolExecutor(1) as writer:
            reads = [reader.submit(self._read, batch) for batch in batches[:1]]
            writes: list[Future[int]] = []
            for number in range(len(batches)):
                batch = reads.pop().result()
                reads += [reader.submit(self._read, each) for each in batches[number + 1 : number + 2]]
                entries = self._entries(batch)
                if writes:
                    progress(writes.pop().result())
                writes.append(writer.submit(self._write, batch, entries))
            for write in writes:
                progress(write.result())
        return len(pending)

    def _read(self, ids: Sequence[str]) -> _Batch:
        cables = [cable for cable_id in ids if (cable := self._catalog.cable(cable_id)) is not None]
        known = {window.digest: vector for window, vector in self._readable(ids)}
        return _Batch(ids, cables, self._windows.of(cables), known)

    def _entries(self, batch: _Batch) -> list[Entry]:
        known = batch.known
        unknown = {window.digest: window.text for window in batch.windows if window.digest not in known}
        if unknown:
            vectors = self._embeddings.encode_documents(list(unknown.values()))
            known = {**known, **dict(zip(unknown, vectors, strict=True))}
        return [(window, known[window.digest]) for window in batch.windows]

    def _write(self, batch: _Batch, entries: Sequence[Entry]) -> int:
        self._indexes.replace(batch.cables, entries)
        self._catalog.mark_indexed(batch.ids)
        return len(batch.ids)

    def _readable(self, ids: Sequence[str]) -> list[HeldEntry]:
        try:
            return self._indexes.held(ids)
        except StoreUnavailable:
            return []  # damaged vectors are made anew; if the index is away altogether, writing says so
