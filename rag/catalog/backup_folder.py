"""A folder of backups, named by when they were made, of which the newest are kept."""

import os
import re
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, select

from rag.catalog.backup import read_backup
from rag.catalog.catalog import Catalog
from rag.catalog.tables import backups
from rag.errors import BadInput, CablesError

_FORM = "cables-%Y-%m-%dT%H%M%SZ.backup"
_NAME = re.compile(r"cables-\d{4}-\d\d-\d\dT\d{6}Z\.backup")


def dated_file(folder: Path, now: datetime) -> Path:
    """The file for the backup made at `now`, which is UTC.

    Raises:
        BadInput: there is no such folder.
    """
    if not folder.is_dir():
        raise BadInput(f"there is no folder {folder}; make it, or mount it, and back up again")
    return folder / now.strftime(_FORM)


def newest_backup(path: Path) -> Path:
    """The file itself, or of a folder the backup whose name has the latest time.

    Raises:
        BadInput: there is none.
    """
    if not path.is_dir():
        return path
    if not (found := _dated(path)):
        raise BadInput(f"{path} holds no backup made by `cables backup --keep`; name a file")
    return found[0]


def remove_older(catalog: Catalog, folder: Path, keep: int) -> tuple[list[Path], list[Path]]:
    """Delete all but the `keep` newest whole backups that this catalog made in the folder with a dated name.

    Returns what was deleted, and what is damaged. Damaged ones do not count and stay, and so does every other file.

    Raises:
        CablesError: one cannot be deleted.
    """
    with catalog.begin() as connection:
        noted = set(connection.scalars(select(backups.c.path)))
    whole, damaged = list[Path](), list[Path]()
    for file in (each for each in _dated(folder) if str(each.absolute()) in noted):
        (whole if _is_whole(file) else damaged).append(file)
    gone = whole[keep:]
    for file in gone:
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            raise CablesError(f"{file} cannot be deleted: {error.strerror}") from error
        with catalog.begin(writing=True) as connection:
            connection.execute(delete(backups).where(backups.c.path == str(file.absolute())))
    return gone, damaged


def _dated(folder: Path) -> list[Path]:
    """The files with a dated name, newest first."""
    return sorted((each for each in folder.iterdir() if _NAME.fullmatch(each.name)), reverse=True)


def _is_whole(file: Path) -> bool:
    try:
        with Path(os.devnull).open("wb") as nowhere:
            read_backup(file, nowhere)
    except BadInput:
        return False
    return True
