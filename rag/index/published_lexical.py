"""A lexical index for several processes: the ingesting process publishes snapshots, the others open the newest.

A snapshot is a generation of hard links to the index's files, which tantivy never changes once written.
"""

import os
import shutil
import threading
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

import tantivy

from rag.atomic_files import Generations
from rag.domain.cable import Cable
from rag.errors import CablesError
from rag.index.lexical import LexicalIndex
from rag.index.scoped_index import Counts

_KEPT = 3  # snapshots; a reader may be about to open an older one


class LexicalSnapshots:
    """The published snapshots. `CURRENT` holds the number of the newest."""

    def __init__(self, folder: Path) -> None:
        self._snapshots = Generations(folder)

    def current(self) -> Path | None:
        """Folder of the newest snapshot, or None before the first."""
        name = self._snapshots.current()
        return None if name is None else self._snapshots.folder / name.strip()

    def publish(self, index: Path, kept: int = _KEPT) -> None:
        """Make a snapshot of the index in this folder the current one, and keep the newest `kept`.

        Nothing may write to the index meanwhile.

        Raises:
            CablesError: the snapshot cannot be written.
        """
        try:
            self._snapshots.publish(self._snapshots.add(lambda folder: _link_files(index, folder)))
            self._snapshots.keep_only([str(number) for number in self._snapshots.numbers()[-kept:]])
        except OSError as error:
            folder = self._snapshots.folder
            raise CablesError(f"the lexical index cannot be published in {folder}: {error.strerror}") from error


class PublishingLexicalIndex(LexicalIndex):
    """The index of the process that ingests: every change is published before `replace` returns."""

    def __init__(self, folder: Path, snapshots: LexicalSnapshots) -> None:
        super().__init__(folder)
        self._folder = folder
        self._snapshots = snapshots

    def replace(self, cables: Iterable[Cable], removed: Sequence[str] = ()) -> None:
        """See `LexicalIndex`; publishes a snapshot afterwards."""
        super().replace(cables, removed)
        self._snapshots.publish(self._folder)

    def rewrite(self, cables: Iterable[Cable]) -> None:
        """See `LexicalIndex`; publishes a snapshot afterwards, and removes all others."""
        super().rewrite(cables)
        self._snapshots.publish(self._folder, kept=1)


class PublishedLexicalIndex(LexicalIndex):
    """An index that reads the newest snapshot; each search looks for a newer one. It is empty before the first."""

    def __init__(self, snapshots: LexicalSnapshots) -> None:
        self._snapshots = snapshots
        self._opened: Path | None = None
        self._swap = threading.Lock()
        super().__init__(None)

    def _searcher(self) -> tantivy.Searcher:
        newest = self._snapshots.current()
        if newest is not None and newest != self._opened:
            with self._swap:
                self._open_newest()
        return super()._searcher()

    def _open_newest(self) -> None:
        for attempt in range(1, _KEPT + 1):  # the snapshot may be removed before it is opened: look again
            newest = self._snapshots.current()
            if newest is None or newest == self._opened:
                return
            try:
                self._index = self._ready(partial(tantivy.Index.open, str(newest)))
            except CablesError:
                if attempt == _KEPT:
                    raise
                continue
            self._counts = Counts()  # not shared with copies of this index, which may read another snapshot
            self._opened = newest
            return


def _link_files(index: Path, folder: Path) -> None:
    for file in index.iterdir():
        if file.suffix == ".lock":
            continue
        try:
            os.link(file, folder / file.name)
        except OSError:  # another file system, or one without hard links
            shutil.copy2(file, folder / file.name)
