"""Folders that are there whole or not at all."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from rag.errors import CablesError

_UNFINISHED = ".unfinished"


def write_whole(folder: Path, write: Callable[[Path], None]) -> None:
    """Have `write` fill the folder it is given, which becomes `folder` once all of it is on the disk.

    Raises:
        CablesError: it cannot be written.
    """
    unfinished = folder.parent / _UNFINISHED
    try:
        shutil.rmtree(unfinished, ignore_errors=True)  # of a run that was killed
        unfinished.mkdir(parents=True)
        write(unfinished)
        for file in unfinished.rglob("*"):
            _flush(file)
        shutil.rmtree(folder, ignore_errors=True)
        unfinished.rename(folder)
        _flush(folder.parent)
    except OSError as error:
        raise CablesError(f"the encoder cannot be kept in {folder.parent}: {error}; check the disk") from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
