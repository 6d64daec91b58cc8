"""The folder of a store: private from its first file on, and readable where it cannot be written."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rag.settings import Settings

_COPIED = ("chroma.sqlite3",)  # Chroma opens its database for writing, whatever it is to do


def make_private(folder: Path) -> None:
    """Make the folder if there is none. From now on this process makes files and folders for their owner alone."""
    os.umask(0o077)
    folder.mkdir(parents=True, exist_ok=True)


@contextmanager
def readable(settings: Settings) -> Iterator[Settings]:
    """The settings; where their store cannot be written, with a temporary store of links to its files.

    The libraries of the indexes make lock files beside what they read. What is written there ends with the block.
    """
    store = settings.store
    if settings.chroma_url or not store.is_dir() or os.access(store, os.W_OK):
        yield settings
        return
    with tempfile.TemporaryDirectory(prefix="cables-reading-") as folder:
        _link(store.resolve(), Path(folder))
        yield settings.model_copy(update={"store": Path(folder)})


def _link(store: Path, folder: Path) -> None:
    for path in sorted(store.rglob("*")):
        place = folder / path.relative_to(store)
        if path.is_dir():
            place.mkdir()
        elif path.name in _COPIED:
            shutil.copyfile(path, place)
        elif path.suffix != ".lock":
            place.symlink_to(path)
