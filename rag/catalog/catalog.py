"""The catalog: cables, paragraphs, references, ingest ledger and manifest in a SQL database."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import URL, Connection, delete, event, insert, select, update

from rag.catalog.arrivals import stamp_arrivals
from rag.catalog.cable_rows import INDEXED, REPLACED, lock_cables, write_cable, write_manifest
from rag.catalog.catalog_reader import NEW, CatalogReader, batches
from rag.catalog.database import Database, sqlite_url
from rag.catalog.manifest import SCHEMA_VERSION, check_schema
from rag.catalog.tables import cables, ledger, manifest, metadata
from rag.catalog.tombstones import kept_cable
from rag.domain.cable import Cable
from rag.domain.tombstone import KeptCable
from rag.errors import StoreMissing
from rag.settings import Settings
from rag.store_folder import make_private

CATALOG_FILE = "catalog.sqlite3"
"""Name of the SQLite database in the store's folder."""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One ingested input; `fingerprint` is that of the cable as this source has it, `parser` the version
    that read it."""

    source: str
    cable_id: str
    fingerprint: str
    outcome: str
    parser: int | None = None


class Catalog(CatalogReader):
    """Reads and writes the whole catalog. Every method is one transaction."""

    def __init__(self, url: str | URL) -> None:
        """`url` is a SQLAlchemy address; SQLite and PostgreSQL are supported."""
        # One snapshot a transaction: a cable and its paragraphs are of one version while an ingest replaces it.
        super().__init__(Database(url, "REPEATABLE READ", metadata))

    @property
    def read_only(self) -> bool:
        """Whether its database is a file that cannot be written."""
        return self._database.is_immutable

    def close(self) -> None:
        """Give the connections back."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- writing

    def put(self, cable: Cable, entry: LedgerEntry | None = None) -> bool:
        """Write a cable in place of any with its id, marked as not indexed, and its `entry` in the ledger.

        What was withdrawn of it is left out; False where nothing is left, and nothing was written.
        """
        with self.begin(writing=True) as connection:
            lock_cables(connection)
            kept = kept_cable(connection, cable).cable
            if kept is None:
                return False
            write_cable(connection, kept)
            if entry is not None:
                _add_to_ledger(connection, entry)
        return True

    def add_variant(self, cable_id: str, source: str) -> None:
        """Note another file that holds a copy of this cable."""
        with self.begin(writing=True) as connection:
            record = connection.scalar(select(cables.c.fields).where(cables.c.id == cable_id).with_for_update())
            if record is not None and source not in (record["source"], *record["variants"]):
                record = {**record, "variants": sorted([*record["variants"], source])}
                connection.execute(update(cables).where(cables.c.id == cable_id).values(fields=record))

    def mark_indexed(self, ids: Iterable[str]) -> None:
        """Note that both indexes hold these cables as the catalog does: what is new of them came now."""
        ids = list(ids)
        with self.begin(writing=True) as connection:
            stamp_arrivals(connection, ids)
            for batch in batches(ids):
                connection.execute(update(cables).where(cables.c.id.in_(batch)).values(indexed=INDEXED))

    def mark_unindexed(self, ids: Iterable[str]) -> None:
        """Note that these cables must be indexed again; searches find them meanwhile."""
        with self.begin() as connection:
            for batch in batches(list(ids)):
                stale = cables.c.id.in_(batch) & (cables.c.indexed == INDEXED)
                connection.execute(update(cables).where(stale).values(indexed=REPLACED))

    def begin_reindex(self, values: Mapping[str, str]) -> None:
        """Mark every cable as not indexed and write `values` to the manifest, in one transaction."""
        with self.begin(writing=True) as connection:
            connection.execute(update(cables).values(indexed=NEW))
            write_manifest(connection, values)

    def add_to_ledger(self, entry: LedgerEntry) -> None:
        """Enter one ingested input in the ledger."""
        with self.begin() as connection:
            _add_to_ledger(connection, entry)

    def set_manifest(self, values: Mapping[str, str]) -> None:
        """Write manifest entries, replacing those of the same name."""
        with self.begin() as connection:
            write_manifest(connection, values)

    def remove_from_manifest(self, name: str) -> None:
        """Remove the manifest entry of this name, if there is one."""
        with self.begin() as connection:
            connection.execute(delete(manifest).where(manifest.c.name == name))

    def erase_deleted(self) -> None:
        """Have the database overwrite or give back all space that held rows which are gone; others may read on.

        Raises:
            StoreUnavailable: another process keeps the database busy.
        """
        self._database.vacuum()

    # --- what writing needs to know

    def kept(self, cable: Cable) -> KeptCable:
        """What is left of a cable without what was withdrawn or redacted."""
        with self.begin() as connection:
            return kept_cable(connection, cable)

    def fingerprint(self, cable_id: str) -> str | None:
        """Fingerprint of the cable with this id, or None."""
        with self.begin() as connection:
            return connection.scalar(select(cables.c.fingerprint).where(cables.c.id == cable_id))

    def ledger_entries(self, cable_id: str) -> dict[str, LedgerEntry]:
        """The ledger's entries of a cable, by source."""
        with self.begin() as connection:
            rows = connection.execute(select(ledger).where(ledger.c.cable_id == cable_id)).mappings()
            return {row["source"]: LedgerEntry(**row) for row in rows}

    def content_digest(self) -> str:
        """SHA-256 over all cables: the same for catalogs with the same cables."""
        with self.begin() as connection:
            rows = connection.execute(select(cables.c.id, cables.c.fingerprint).order_by(cables.c.id))
            content = "".join(f"{row.id} {row.fingerprint}\n" for row in rows)
        return hashlib.sha256(content.encode()).hexdigest()

    def unindexed(self) -> list[str]:
        """Ids of the cables still to be indexed, sorted."""
        with self.begin() as connection:
            waiting = select(cables.c.id).where(cables.c.indexed != INDEXED)
            return list(connection.scalars(waiting.order_by(cables.c.id)))

    def damage(self) -> list[str]:
        """What SQLite's own checks find wrong with its file; nothing for PostgreSQL, which checks its own files."""
        if not self._database.is_sqlite:
            return []
        with self.begin() as connection:
            lines = [str(line) for line in connection.exec_driver_sql("PRAGMA quick_check").scalars() if line != "ok"]
            orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            return lines + [f"a row of {row[0]} belongs to no {row[2]}" for row in orphans]


def open_catalog(settings: Settings, create: bool = False, older: bool = False) -> Catalog:
    """The catalog of the store, without its indexes: needs neither lock nor models.

    With `older` it may be one that is to be brought up.

    Raises:
        StoreMissing: no store is there and `create` is off.
        StoreMismatch: it was made by another version.
    """
    catalog = Catalog(settings.catalog_url or sqlite_url(_file(settings, create)))
    if not older:
        try:
            check_schema(catalog.manifest(), settings.store)
        except BaseException:
            catalog.close()
            raise
    return catalog


def _file(settings: Settings, create: bool) -> Path:
    path = settings.store / CATALOG_FILE
    if create:
        make_private(settings.store)
    elif not path.is_file():
        raise StoreMissing(
            f"there is no store in {settings.store}; make one with `cables ingest PATH` or name another with --store"
        )
    return path


@event.listens_for(manifest, "after_create")
def _note_schema(_table: object, connection: Connection, **_: object) -> None:
    connection.execute(insert(manifest), {"name": "schema", "value": SCHEMA_VERSION})


def _add_to_ledger(connection: Connection, entry: LedgerEntry) -> None:
    connection.execute(delete(ledger).where(ledger.c.source == entry.source, ledger.c.cable_id == entry.cable_id))
    connection.execute(insert(ledger), asdict(entry))
