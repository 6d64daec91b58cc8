"""Encoders adapted to a store's own archive: folders `NAME-FINGERPRINT`, each whole or not there at all."""

import shutil
from collections.abc import Callable
from pathlib import Path

from rag.errors import ModelUnavailable
from rag.whole_folder import write_whole


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
        write_whole(self._folder / name, write)

    def keep_only(self, name: str | None) -> None:
        """Drop all encoders but this one."""
        for each in self._folder.iterdir() if self._folder.is_dir() else ():
            if each.name != name:
                shutil.rmtree(each, ignore_errors=True)
