"""Backups: the whole catalog in one file, from which the indexes are rebuilt.

A backup is a gzipped tar with two members: `backup.json`, a description, and `catalog.sqlite3` with every table, also
where the catalog itself is PostgreSQL. It is one snapshot, taken while others read and write. Only these two members
are read, and names in the file are never used as paths; a file with other members is refused.
"""

import hashlib
import json
import tarfile
import tempfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, delete, insert, select, update

from rag.atomic_files import create_file
from rag.catalog.cable_rows import write_manifest
from rag.catalog.catalog import Catalog
from rag.catalog.catalog_reader import NEW, Size
from rag.catalog.database import sqlite_url
from rag.catalog.manifest import ERASE
from rag.catalog.tables import backups, cables, manifest, metadata
from rag.catalog.tombstones import copied, pasted
from rag.catalog.upgrade import upgrade_schema
from rag.catalog.withdrawals import enforce
from rag.errors import BadInput, CablesError

_FORMAT = 1
_DESCRIPTION, _CATALOG = "backup.json", "catalog.sqlite3"
_DESCRIPTION_BYTES = 64_000
_ROWS, _CHUNK = 500, 1 << 20


def write_backup(catalog: Catalog, file: Path) -> Size:
    """Write a backup of the catalog to `file`, completely or not at all, readable by its owner only.

    Raises:
        BadInput: the file exists already.
        CablesError: it cannot be written.
    """
    if file.exists():
        raise BadInput(f"{file} is there already; name another file")
    try:
        return create_file(file, lambda draft: _write(catalog, draft))
    except OSError as error:
        raise CablesError(f"the backup cannot be written to {file}: {error.strerror}") from error


def read_backup(file: Path, target: IO[bytes]) -> None:
    """Write the catalog that a backup holds, a SQLite database, to `target`.

    Raises:
        BadInput: the file is no backup, or is not as it was made; `target` may have a part of it by then.
    """
    try:
        _unpack(file, target)
    except (OSError, EOFError, tarfile.TarError, ValueError, KeyError, TypeError) as error:
        first = (str(error) or type(error).__name__).splitlines()[0]
        raise BadInput(f"{file} is no backup of an archive: {first}") from error


@dataclass(frozen=True, slots=True)
class RestoredBackup:
    """What was restored; `kept_out` are the cables of which something was withdrawn since the backup was made."""

    size: Size
    kept_out: tuple[str, ...]
    had_tombstones: bool


def restore_backup(
    file: Path, catalog: Catalog, values: Mapping[str, str], replace: bool, workplace: Path
) -> RestoredBackup:
    """Write a backup into the catalog in one transaction, with nothing indexed and `values` in its manifest.

    What was withdrawn from the catalog since stays out. `workplace` is a folder with space to unpack the backup.

    Raises:
        BadInput: the file is no backup, or the catalog holds cables and `replace` is off.
        StoreMismatch: it was made by another version.
    """
    if catalog.size().cables and not replace:
        raise BadInput("the store holds cables already; restore into another --store, or give --replace to lose them")
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=workplace) as folder:
        copy = Path(folder) / _CATALOG
        with copy.open("wb") as target:
            read_backup(file, target)
        with closing(Catalog(sqlite_url(copy))) as source:
            upgrade_schema(source, file)
            with source.begin() as read, catalog.begin(writing=True) as written:
                stones, noted = copied(written), written.execute(select(backups)).mappings().all()
                for table in reversed(metadata.sorted_tables):
                    written.execute(delete(table))
                _copy(read, written)
                _add_missing_backups(written, [dict(row) for row in noted])
                kept_out = enforce(written, pasted(written, stones))
                written.execute(update(cables).values(indexed=NEW))
                write_manifest(written, dict(values) | ({ERASE: "yes"} if kept_out else {}))
    if kept_out:
        catalog.erase_deleted()
        catalog.remove_from_manifest(ERASE)
    return RestoredBackup(catalog.size(), tuple(kept_out), bool(stones[0]))


def _add_missing_backups(connection: Connection, rows: list[dict[str, Any]]) -> None:
    there = set(connection.scalars(select(backups.c.path)))
    if missing := [row for row in rows if row["path"] not in there]:
        connection.execute(insert(backups), missing)


def _write(catalog: Catalog, file: Path) -> Size:
    copy = file.with_name(_CATALOG)
    with closing(Catalog(sqlite_url(copy))) as target, catalog.begin() as source:
        with target.begin(writing=True) as written:
            written.execute(delete(manifest))
            _copy(source, written)
        size, versions = target.size(), target.manifest()
    _pack(file, copy, size, versions)
    return size


def _copy(source: Connection, target: Connection) -> None:
    for table in metadata.sorted_tables:
        rows = source.execution_options(yield_per=_ROWS).execute(select(table))
        for batch in rows.mappings().partitions(_ROWS):
            target.execute(insert(table), [dict(row) for row in batch])


def _pack(file: Path, copy: Path, size: Size, versions: Mapping[str, str]) -> None:
    description = {
        "format": _FORMAT,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "cables": size.cables,
        "paragraphs": size.paragraphs,
        "manifest": dict(versions),
        "sha256": _digest(copy),
    }
    described = copy.with_name(_DESCRIPTION)
    described.write_text(json.dumps(description, indent=1), encoding="utf-8")
    with tarfile.open(file, "w:gz", compresslevel=6) as archive:
        for member in (described, copy):
            archive.add(member, member.name, filter=_without_owner)


def _without_owner(info: tarfile.TarInfo) -> tarfile.TarInfo:
    """The member without the names and numbers of the user who made it."""
    info.uid = info.gid = 0
    info.uname = info.gname = ""
    info.mode = 0o600
    return info


def _unpack(file: Path, target: IO[bytes]) -> None:
    with tarfile.open(file, "r|gz") as archive:
        description: dict[str, Any] = json.loads(_member(archive, _DESCRIPTION).read(_DESCRIPTION_BYTES))
        if description["format"] != _FORMAT:
            raise ValueError(f"its format is {description['format']}, this program reads {_FORMAT}")
        held, digest = _member(archive, _CATALOG), hashlib.sha256()
        while chunk := held.read(_CHUNK):
            digest.update(chunk)
            target.write(chunk)
        if (extra := archive.next()) is not None:
            raise ValueError(f"it holds {extra.name[:80]!r} besides")
    if digest.hexdigest() != description["sha256"]:
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
