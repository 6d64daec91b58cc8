"""Ownership of an embedded store's indexes by one process at a time. `flock` ends it with the process."""

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from rag.errors import CablesError, StoreInUse
from rag.store_folder import make_private

_POLL_SECONDS = 0.1


class StoreLock:
    """A lock on `owner.lock` in the store. The file contains the owner's process id and, if it serves, its URL."""

    def __init__(self, folder: Path, wait: float = 0.0) -> None:
        """Take the lock, waiting up to `wait` seconds for another owner to finish.

        Raises:
            CablesError: the folder cannot be written.
            StoreInUse: another process still has it after that.
        """
        self._path = folder / "owner.lock"
        try:
            self._file: IO[str] = self._path.open("a+", encoding="utf-8")
        except OSError as error:
            raise CablesError(f"the store {folder} cannot be written: {error.strerror}") from error
        deadline = time.monotonic() + wait
        while not _try_lock(self._file):
            if time.monotonic() >= deadline:
                self._file.close()
                raise _in_use(folder)
            time.sleep(_POLL_SECONDS)
        self.left_behind = self._path.stat().st_size > 0
        """Whether the last owner ended without releasing the lock."""
        self.announce(None)

    def announce(self, url: str | None) -> None:
        """Write the URL at which this owner serves, so that commands can use it."""
        self._file.seek(0)
        self._file.truncate()
        json.dump({"pid": os.getpid(), "url": url}, self._file)
        self._file.flush()

    def release(self) -> None:
        """Release the lock."""
        if not self._file.closed:
            self._file.truncate(0)
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


@contextmanager
def ingest_turn(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Wait until no other ingest of the store is running; `waiting` is called once if one is."""
    make_private(folder)
    with (folder / "ingest.lock").open("a+", encoding="utf-8") as file:
        if not _try_lock(file):
            waiting()
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def service_url(folder: Path) -> str | None:
    """URL of the service that owns this store now, or None."""
    path = folder / "owner.lock"
    if not path.is_file() or not os.access(path, os.W_OK):
        return None  # a service on the same file system could not have taken the lock either
    with path.open("a+", encoding="utf-8") as file:
        if _try_lock(file):
            return None  # not locked, so the file is left over from a former owner
    owner = _owner(path)
    url = owner.get("url")
    return url if isinstance(url, str) else None


def _try_lock(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _owner(path: Path) -> dict[str, object]:
    try:
        owner = json.loads(path.read_text(encoding="utf-8") or "{}")
    except (OSError, ValueError):
        return {}
    return owner if isinstance(owner, dict) else {}


def _in_use(folder: Path) -> StoreInUse:
    owner = _owner(folder / "owner.lock")
    who = f"process {owner['pid']}" if "pid" in owner else "another process"
    serving = f", which serves it at {owner['url']}" if owner.get("url") else ""
    return StoreInUse(f"the store {folder} is in use by {who}{serving}; stop it or wait for it, then try again")
