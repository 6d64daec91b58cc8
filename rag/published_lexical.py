"""One lexical index for several processes: the ingesting one publishes immutable snapshots, the others open the newest.

A snapshot is a folder of hard links to the index's files, which tantivy never changes once written. It becomes
current by one rename of the pointer file, so a reader sees the old snapshot or the new one, never a half.
"""

import os
import shutil
import threading
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

import tantivy

from rag.cable import Cable
from rag.errors import CablesError
from rag.lexical import Counts, LexicalIndex

_POINTER = "CURRENT"
_KEPT = 3  # a reader may be about to open the one before the last


class LexicalSnapshots:
    """The folder of published snapshots: `1`, `2` ... and a file `CURRENT` that names one of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pointer = folder / _POINTER

    def current(self) -> Path | None:
        """The newest snapshot, or None before the first."""
        try:
            return self._folder / self._pointer.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None

    def publish(self, index: Path) -> Path:
        """Make the index in this folder, to which nobody writes meanwhile, the current snapshot.

        Raises:
            CablesError: the folder cannot be written.
        """
        try:
            return self._publish(index)
        except OSError as error:
            raise CablesError(f"the lexical index cannot be published in {self._folder}: {error.strerror}") from error

    def _publish(self, index: Path) -> Path:
        self._folder.mkdir(parents=True, exist_ok=True)
        number = max(self._numbers(), default=0) + 1
        unfinished = self._folder / f"unfinished-{number}"
        shutil.rmtree(unfinished, ignore_errors=True)  # of a publisher that was killed
        unfinished.mkdir()
        for file in index.iterdir():
            if file.suffix != ".lock":
                _link(file, unfinished / file.name)
        snapshot = self._folder / str(number)
        unfinished.rename(snapshot)
        fresh = self._folder / f"{_POINTER}.new"
        fresh.write_text(snapshot.name, encoding="ascii")
        fresh.replace(self._pointer)
        for old in sorted(self._numbers())[:-_KEPT]:
            shutil.rmtree(self._folder / str(old), ignore_errors=True)
        return snapshot

    def _numbers(self) -> list[int]:
        return [int(each.name) for each in self._folder.iterdir() if each.name.isdecimal()]


class PublishingLexicalIndex(LexicalIndex):
    """The ingesting process's index: every change is published before it returns."""

    def __init__(self, folder: Path, snapshots: LexicalSnapshots) -> None:
        super().__init__(folder)
        self._folder = folder
        self._snapshots = snapshots

    def replace(self, cables: Iterable[Cable], removed: Sequence[str] = ()) -> None:
        """As of any index; the snapshot with these cables is current afterwards."""
        super().replace(cables, removed)
        self._snapshots.publish(self._folder)


class PublishedLexicalIndex(LexicalIndex):
    """A reader of the newest snapshot, which it looks for at each search; empty before the first."""

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
        for attempt in range(1, _KEPT + 1):  # published over and over, the one just read of may be gone
            newest = self._snapshots.current()
            if newest is None or newest == self._opened:
                return
            try:
                self._index = self._ready(partial(tantivy.Index.open, str(newest)))
            except CablesError:
                if attempt == _KEPT:
                    raise
                continue
            self._counts = Counts()  # its own: another reader's view may have another snapshot open
            self._opened = newest
            return


def _link(file: Path, copy: Path) -> None:
    try:
        os.link(file, copy)
    except OSError:  # another file system, or one without hard links
        shutil.copy2(file, copy)
