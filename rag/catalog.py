"""The catalog: cables, paragraphs, references, ingest ledger and manifest in a SQL database."""

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, delete, insert, select, update

from rag.access import access_class, header_class
from rag.cable import Cable
from rag.cable_json import cable_json
from rag.catalog_reader import CONTENT, NEW, CatalogReader, batches
from rag.database import create_tables, open_engine
from rag.duplicates import link, unlink
from rag.tables import cable_references, cable_tags, cables, ledger, manifest, metadata, paragraphs

INDEXED, REPLACED = 1, 2  # of a cable, beside NEW: held by both indexes, to be indexed anew


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One ingested input; `given` is the fingerprint of the cable as this source had it."""

    source: str
    cable_id: str
    given: str
    outcome: str


class Catalog(CatalogReader):
    """Reads and writes the whole catalog. Every method is one transaction."""

    def __init__(self, url: str) -> None:
        """`url` is a SQLAlchemy address; SQLite and PostgreSQL are supported."""
        # One snapshot a transaction: a cable and its paragraphs are of one version while an ingest replaces it.
        super().__init__(open_engine(url, "REPEATABLE READ"))
        with self._translated():
            create_tables(self._engine, metadata)

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- writing

    def put(self, cable: Cable, entry: LedgerEntry | None = None) -> None:
        """Write a cable in place of any with its id, marked as not yet indexed, and its `entry` in the ledger."""
        fields = cable_json(cable)
        rows, _ = fields.pop("paragraphs"), fields.pop("duplicates")
        with self.begin(writing=True) as connection:
            unlink(connection, str(cable.id))
            held = connection.scalar(select(cables.c.indexed).where(cables.c.id == str(cable.id)))
            connection.execute(delete(cables).where(cables.c.id == str(cable.id)))
            row = _cable_row(cable, fields) | {"indexed": NEW if held in (None, NEW) else REPLACED}
            connection.execute(insert(cables), row)
            if rows:
                connection.execute(insert(paragraphs), _paragraph_rows(cable))
            if cable.references:
                targets = [
                    {"cable_id": str(cable.id), "position": position, "target": target}
                    for position, target in enumerate(cable.references)
                ]
                connection.execute(insert(cable_references), targets)
            if tags := dict.fromkeys(cable.tags):
                connection.execute(insert(cable_tags), [{"cable_id": str(cable.id), "tag": tag} for tag in tags])
            link(connection, cable)
            _set_manifest(connection, {CONTENT: uuid.uuid4().hex})
            if entry is not None:
                _enter(connection, entry)

    def add_variant(self, cable_id: str, source: str) -> None:
        """Note another file that holds a copy of this cable."""
        with self.begin(writing=True) as connection:
            record = connection.scalar(select(cables.c.fields).where(cables.c.id == cable_id).with_for_update())
            if record is not None and source not in (record["source"], *record["variants"]):
                record = {**record, "variants": sorted([*record["variants"], source])}
                connection.execute(update(cables).where(cables.c.id == cable_id).values(fields=record))

    def mark_indexed(self, ids: Iterable[str]) -> None:
        """Note that both indexes hold these cables as the catalog does."""
        with self.begin() as connection:
            for some in batches(list(ids)):
                connection.execute(update(cables).where(cables.c.id.in_(some)).values(indexed=INDEXED))

    def mark_unindexed(self, ids: Iterable[str]) -> None:
        """Have these cables indexed anew; searches find them meanwhile."""
        with self.begin() as connection:
            for some in batches(list(ids)):
                stale = cables.c.id.in_(some) & (cables.c.indexed == INDEXED)
                connection.execute(update(cables).where(stale).values(indexed=REPLACED))

    def begin_renewal(self, values: Mapping[str, str]) -> None:
        """In one transaction: nothing is indexed any more, and the manifest says `values`."""
        with self.begin(writing=True) as connection:
            connection.execute(update(cables).values(indexed=NEW))
            _set_manifest(connection, values)

    def record(self, entry: LedgerEntry) -> None:
        """Enter one ingested input in the ledger."""
        with self.begin() as connection:
            _enter(connection, entry)

    def set_manifest(self, values: Mapping[str, str]) -> None:
        """Write manifest entries, replacing those of the same name."""
        with self.begin() as connection:
            _set_manifest(connection, values)

    def forget(self, name: str) -> None:
        """Take an entry out of the manifest."""
        with self.begin() as connection:
            connection.execute(delete(manifest).where(manifest.c.name == name))

    # --- what writing needs to know

    def fingerprint(self, cable_id: str) -> str | None:
        """Fingerprint of the cable held under this id, or None."""
        with self.begin() as connection:
            return connection.scalar(select(cables.c.fingerprint).where(cables.c.id == cable_id))

    def entries(self, cable_id: str) -> dict[str, str]:
        """The ledger's sources of a cable, each with the fingerprint it gave."""
        with self.begin() as connection:
            rows = connection.execute(
                select(ledger.c.source, ledger.c.fingerprint).where(ledger.c.cable_id == cable_id)
            )
            return {row.source: row.fingerprint for row in rows}

    def content_digest(self) -> str:
        """SHA-256 over all cables: the same for catalogs that hold the same."""
        with self.begin() as connection:
            rows = connection.execute(select(cables.c.id, cables.c.fingerprint).order_by(cables.c.id))
            held = "".join(f"{row.id} {row.fingerprint}\n" for row in rows)
        return hashlib.sha256(held.encode()).hexdigest()

    def unindexed(self) -> list[str]:
        """Ids of the cables the indexes do not hold yet."""
        with self.begin() as connection:
            waiting = select(cables.c.id).where(cables.c.indexed != INDEXED)
            return list(connection.scalars(waiting.order_by(cables.c.id)))

    def damage(self) -> list[str]:
        """What the database itself finds wrong with its files; PostgreSQL looks after its own."""
        if self._engine.dialect.name != "sqlite":
            return []
        with self.begin() as connection:
            found = [str(line) for line in connection.exec_driver_sql("PRAGMA quick_check").scalars() if line != "ok"]
            loose = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            return found + [f"a row of {row[0]} belongs to no {row[2]}" for row in loose]


def fingerprint(cable: Cable) -> str:
    """SHA-256 of a cable's content: everything but where it came from."""
    content = cable_json(cable)
    for name in ("source", "variants", "duplicates", "problems"):
        del content[name]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _cable_row(cable: Cable, fields: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": str(cable.id),
        "post": cable.id.post,
        "post_name": cable.post,
        "serial": cable.id.serial,
        "seconds": None if cable.date is None else int(cable.date.timestamp()),
        "classification": cable.classification,
        "access": header_class(cable),
        "fields": fields,
        "fingerprint": fingerprint(cable),
    }


def _enter(connection: Connection, entry: LedgerEntry) -> None:
    connection.execute(delete(ledger).where(ledger.c.source == entry.source, ledger.c.cable_id == entry.cable_id))
    row = {"source": entry.source, "cable_id": entry.cable_id, "fingerprint": entry.given, "outcome": entry.outcome}
    connection.execute(insert(ledger), row)


def _set_manifest(connection: Connection, values: Mapping[str, str]) -> None:
    connection.execute(delete(manifest).where(manifest.c.name.in_(list(values))))
    connection.execute(insert(manifest), [{"name": name, "value": value} for name, value in values.items()])


def _paragraph_rows(cable: Cable) -> list[dict[str, Any]]:
    return [
        {
            "key": str(paragraph.key),
            "cable_id": str(cable.id),
            "position": position,
            "marking": paragraph.marking,
            "effective_marking": paragraph.effective_marking,
            "access": access_class(paragraph.effective_marking),
            "heading": paragraph.heading,
            "heading_marking": paragraph.heading_marking,
            "text": paragraph.text,
            "layout": paragraph.layout,
        }
        for position, paragraph in enumerate(cable.paragraphs)
    ]
