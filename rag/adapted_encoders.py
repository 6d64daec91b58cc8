"""Encoders adapted to a store's own archive: folders `NAME-FINGERPRINT`, each whole or not there at all."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from rag.errors import CablesError, ModelUnavailable

_UNFINISHED = ".unfinished"


class AdaptedEncoders:
    """The folder of a store's adapted encoders."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def has(self, name: str) -> bool:
        """Whether there is an encoder of this name."""
        return (self._folder / name / "modules.json").is_file()

    def folder(self, name: str) -> Path:
        """The encoder's own folder.

        Raises:
            ModelUnavailable: there is none of this name.
        """
        if not self.has(name):
            raise ModelUnavailable(
                f"the archive is searched with the adapted encoder {name}, which is not in {self._folder}; "
                "bring the folder back, or run `cables adapt --back`"
            )
        return self._folder / name

    def add(self, name: str, write: Callable[[Path], None]) -> None:
        """Keep what `write` puts into the folder it is given under this name, once all of it is on the disk.

        Raises:
            CablesError: the folder cannot be written.
        """
        unfinished = self._folder / _UNFINISHED
        try:
            shutil.rmtree(unfinished, ignore_errors=True)  # of a run that was killed
            unfinished.mkdir(parents=True)
            write(unfinished)
            for file in unfinished.rglob("*"):
                _flush(file)
            shutil.rmtree(self._folder / name, ignore_errors=True)
            unfinished.rename(self._folder / name)
            _flush(self._folder)
        except OSError as error:
            raise CablesError(f"the encoder cannot be kept in {self._folder}: {error}; check the disk") from error
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)

    def keep_only(self, name: str | None) -> None:
        """Drop all encoders but this one."""
        for each in self._folder.iterdir() if self._folder.is_dir() else ():
            if each.name != name:
                shutil.rmtree(each, ignore_errors=True)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
