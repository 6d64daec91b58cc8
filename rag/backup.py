"""Backups: the whole catalog in one file, from which the indexes are made anew.

A backup is a gzipped tar of two members, `backup.json` (what it is) and `catalog.sqlite3` (every table, also where the
catalog itself is PostgreSQL). It is one snapshot, taken while others read and write. Nothing is unpacked by the names
a file gives: the two members are read, all else is refused.
"""

import hashlib
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, delete, insert, select, update

from rag.catalog import Catalog
from rag.catalog_reader import NEW, Size
from rag.errors import BadInput, CablesError
from rag.manifest import check_schema
from rag.tables import cables, manifest, metadata

_FORMAT = 1
_ABOUT, _CATALOG = "backup.json", "catalog.sqlite3"
_ABOUT_BYTES = 64_000
_ROWS = 500


def write_backup(catalog: Catalog, file: Path) -> Size:
    """Write a backup of the catalog to `file`, whole or not at all, readable by its owner only.

    Raises:
        BadInput: the file is there already.
        CablesError: it cannot be written.
    """
    if file.exists():
        raise BadInput(f"{file} is there already; name another file")
    try:
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=file.absolute().parent) as folder:
            copy, draft = Path(folder) / _CATALOG, Path(folder) / "draft"
            with closing(Catalog(f"sqlite:///{copy}")) as target, catalog.begin() as source:
                with target.begin(writing=True) as written:
                    _copy(source, written)
                size, held = target.size(), target.manifest()
            _pack(draft, copy, size, held)
            draft.chmod(0o600)
            os.link(draft, file)  # never in place of a file that came meanwhile
    except OSError as error:
        raise CablesError(f"the backup cannot be written to {file}: {error.strerror}") from error
    return size


def restore_backup(file: Path, catalog: Catalog, values: Mapping[str, str], replace: bool, workplace: Path) -> Size:
    """Write a backup into the catalog in one transaction, with nothing indexed and `values` in its manifest.

    `workplace` is a folder with room to unpack it.

    Raises:
        BadInput: the file is no backup, or the catalog holds cables and `replace` is off.
        StoreMismatch: it was made by another version.
    """
    if catalog.size().cables and not replace:
        raise BadInput("the store holds cables already; restore into another --store, or give --replace to lose them")
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=workplace) as folder:
        copy = Path(folder) / _CATALOG
        try:
            _unpack(file, copy)
        except (OSError, EOFError, tarfile.TarError, ValueError, KeyError, TypeError) as error:
            first = (str(error) or type(error).__name__).splitlines()[0]
            raise BadInput(f"{file} is no backup of an archive: {first}") from error
        with closing(Catalog(f"sqlite:///{copy}")) as source:
            check_schema(source.manifest(), file)
            with source.begin() as read, catalog.begin(writing=True) as written:
                for table in reversed(metadata.sorted_tables):
                    written.execute(delete(table))
                _copy(read, written)
                written.execute(update(cables).values(indexed=NEW))
                written.execute(delete(manifest).where(manifest.c.name.in_(list(values))))
                written.execute(insert(manifest), [{"name": name, "value": each} for name, each in values.items()])
    return catalog.size()


def _copy(source: Connection, target: Connection) -> None:
    for table in metadata.sorted_tables:
        rows = source.execution_options(yield_per=_ROWS).execute(select(table))
        for some in rows.mappings().partitions(_ROWS):
            target.execute(insert(table), [dict(row) for row in some])


def _pack(file: Path, copy: Path, size: Size, held: Mapping[str, str]) -> None:
    about = {
        "format": _FORMAT,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "cables": size.cables,
        "paragraphs": size.paragraphs,
        "manifest": dict(held),
        "sha256": _digest(copy),
    }
    note = copy.with_name(_ABOUT)
    note.write_text(json.dumps(about, indent=1), encoding="utf-8")
    with tarfile.open(file, "w:gz", compresslevel=6) as archive:
        for member in (note, copy):
            archive.add(member, member.name, filter=_nobody)


def _nobody(info: tarfile.TarInfo) -> tarfile.TarInfo:
    """A member without the names and numbers of who made it."""
    info.uid = info.gid = 0
    info.uname = info.gname = ""
    info.mode = 0o600
    return info


def _unpack(file: Path, copy: Path) -> None:
    with tarfile.open(file, "r|gz") as archive:
        about: dict[str, Any] = json.loads(_member(archive, _ABOUT).read(_ABOUT_BYTES))
        if about["format"] != _FORMAT:
            raise ValueError(f"its format is {about['format']}, this program reads {_FORMAT}")
        with copy.open("wb") as target:
            shutil.copyfileobj(_member(archive, _CATALOG), target)
        if (more := archive.next()) is not None:
            raise ValueError(f"it holds {more.name[:80]!r} besides")
    if _digest(copy) != about["sha256"]:
        raise ValueError("its contents are not what they were when it was made")


def _member(archive: tarfile.TarFile, name: str) -> IO[bytes]:
    info = archive.next()
    stream = archive.extractfile(info) if info is not None and info.isfile() and info.name == name else None
    if stream is None:
        raise ValueError(f"{name} is not where it should be")
    return stream


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
