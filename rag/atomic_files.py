"""Files and folders that appear complete or not at all, and folders of numbered generations.

All rest on `rename` and `link` of POSIX, which take effect in one step within a file system. Errors are raised as they
are: the callers know what could not be written.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TypeVar

_CURRENT = "CURRENT"
_UNFINISHED = "unfinished-"
_T = TypeVar("_T")


def create_file(path: Path, write: Callable[[Path], _T], replace: bool = False) -> _T:
    """Have `write` fill a draft, then give it the name `path`; returns what `write` returns.

    Only the owner of the file can read it. The draft stands in a temporary folder, where `write` may put other files.

    Raises:
        FileExistsError: there is a file of this name and `replace` is off; it stays as it is.
        OSError: the file cannot be written.
    """
    with tempfile.TemporaryDirectory(prefix=f".{path.name}-", dir=path.absolute().parent) as folder:
        draft = Path(folder) / "draft"
        result = write(draft)
        draft.chmod(0o600)
        if replace:
            draft.replace(path)
        else:
            os.link(draft, path)  # unlike a rename, this replaces nothing
    return result


def write_folder(folder: Path, write: Callable[[Path], None]) -> None:
    """Have `write` fill an empty folder, which replaces `folder` once all of it is on the disk.

    Raises:
        OSError: it cannot be written.
    """
    unfinished = folder.parent / ".unfinished"
    try:
        _fill(unfinished, write)
        for file in unfinished.rglob("*"):
            _flush(file)
        shutil.rmtree(folder, ignore_errors=True)
        unfinished.rename(folder)
        _flush(folder.parent)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


class Generations:
    """A folder of subfolders `1`, `2` ... that never change, and a file `CURRENT` that says which of them are in use.

    One process writes. Any number of processes may read meanwhile: `CURRENT` is replaced by one rename.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._current = folder / _CURRENT

    def current(self) -> str | None:
        """The text of `CURRENT`, or None before the first `publish`."""
        try:
            return self._current.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None

    def stamp(self) -> tuple[int, int] | None:
        """Inode and modification time of `CURRENT`: another one after each `publish`."""
        try:
            status = self._current.stat()
        except FileNotFoundError:
            return None
        return status.st_ino, status.st_mtime_ns

    def numbers(self) -> list[int]:
        """The numbers of all generations on the disk, in order."""
        return sorted(int(path.name) for path in self.folder.glob("*") if path.name.isdecimal())

    def add(self, write: Callable[[Path], None]) -> str:
        """Have `write` fill the next generation; returns its name. It is not in use until it is published."""
        name = str(max(self.numbers(), default=0) + 1)
        unfinished = self.folder / f"{_UNFINISHED}{name}"
        _fill(unfinished, write)
        unfinished.rename(self.folder / name)
        return name

    def publish(self, current: str) -> None:
        """Replace the text of `CURRENT`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        new = self.folder / f"{_CURRENT}.new"
        new.write_text(current, encoding="utf-8")
        new.replace(self._current)

    def keep_only(self, names: Collection[str]) -> None:
        """Remove all generations but these, and what a killed writer left unfinished.

        A reader may have read `CURRENT` and not opened the generation yet, so keep the previous one too. Folders with
        other names are somebody else's.
        """
        for path in self.folder.iterdir():
            own = path.name.isdecimal() or path.name.startswith(_UNFINISHED)
            if own and path.is_dir() and path.name not in names:
                shutil.rmtree(path, ignore_errors=True)


def _fill(folder: Path, write: Callable[[Path], None]) -> None:
    shutil.rmtree(folder, ignore_errors=True)  # a writer that was killed may have left it
    folder.mkdir(parents=True)
    write(folder)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
