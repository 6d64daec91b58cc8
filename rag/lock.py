"""Ownership of an embedded store's indexes: one process at a time, told by `flock`, gone with the process."""

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from rag.errors import StoreInUse

_PATIENCE = 0.1


class StoreLock:
    """Holds `owner.lock` in the store. The file names the owner's process and, when it serves, its address."""

    def __init__(self, folder: Path, wait: float = 0.0) -> None:
        """Take the lock, waiting up to `wait` seconds for another owner to finish.

        Raises:
            StoreInUse: another process keeps it.
        """
        self._path = folder / "owner.lock"
        self._file: IO[str] = self._path.open("a+", encoding="utf-8")
        deadline = time.monotonic() + wait
        while not _try(self._file):
            if time.monotonic() >= deadline:
                self._file.close()
                raise _in_use(folder)
            time.sleep(_PATIENCE)
        self.announce(None)

    def announce(self, url: str | None) -> None:
        """Say at which address this owner answers, so that commands can go through it."""
        self._file.seek(0)
        self._file.truncate()
        json.dump({"pid": os.getpid(), "url": url}, self._file)
        self._file.flush()

    def release(self) -> None:
        """Give the indexes up."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


@contextmanager
def ingest_turn(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """One ingest of a store at a time, beside a service or not; `waiting` is called once if another is at work."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "ingest.lock").open("a+", encoding="utf-8") as file:
        if not _try(file):
            waiting()
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def service_url(folder: Path) -> str | None:
    """Address of the service that owns this store now, or None."""
    path = folder / "owner.lock"
    if not path.is_file():
        return None
    with path.open("a+", encoding="utf-8") as file:
        if _try(file):
            return None  # nobody holds it: what the file says is of the past
    owner = _owner(path)
    url = owner.get("url")
    return url if isinstance(url, str) else None


def _try(file: IO[str]) -> bool:
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
