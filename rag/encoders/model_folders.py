"""Folders of models that a store made for itself, each complete or absent."""

import shutil
from collections.abc import Callable, Collection
from pathlib import Path

from rag.atomic_files import write_folder
from rag.errors import CablesError, ModelUnavailable


class ModelFolders:
    """A folder of the store with one model in each subfolder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, name: str) -> Path:
        """The subfolder of this name, whether it exists or not."""
        return self._folder / name

    def add(self, name: str, write: Callable[[Path], None]) -> None:
        """Have `write` fill an empty folder, which becomes the subfolder `name` once all of it is on the disk.

        Raises:
            CablesError: the folder cannot be written.
        """
        try:
            write_folder(self.path(name), write)
        except OSError as error:
            raise CablesError(f"the encoder cannot be kept in {self._folder}: {error}; check the disk") from error

    def keep_only(self, names: Collection[str]) -> None:
        """Delete the models of all other names."""
        for path in self._folder.iterdir() if self._folder.is_dir() else ():
            if path.name not in names:
                shutil.rmtree(path, ignore_errors=True)


class AdaptedEncoders(ModelFolders):
    """Encoders adapted to a store's own archive, named `NAME-FINGERPRINT`."""

    def has(self, name: str) -> bool:
        """Whether there is an encoder of this name."""
        return (self.path(name) / "modules.json").is_file()

    def folder(self, name: str) -> Path:
        """The folder of an encoder that must be there.

        Raises:
            ModelUnavailable: there is none of this name.
        """
        if not self.has(name):
            raise ModelUnavailable(
                f"the archive is searched with the adapted encoder {name}, which is not in {self._folder}; "
                "bring the folder back, or run `cables adapt --back`"
            )
        return self.path(name)
