"""The catalog: cables, paragraphs, references, ingest ledger and manifest in a SQL database."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, delete, event, func, insert, make_url, select, update
from sqlalchemy.exc import ArgumentError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from rag.cable import Cable, Paragraph
from rag.cable_id import CableId
from rag.cable_json import cable_json
from rag.cable_record import cable_from_record, paragraph_from_row
from rag.citation import TypedCitation
from rag.errors import CablesError, StoreUnavailable
from rag.tables import cable_references, cable_tags, cables, ledger, manifest, metadata, paragraphs

_MANY = 500  # bound variables in one statement; SQLite's historical limit is 999
_SCHEMA_LOCK = 0x6361626C  # any number, the same in every process


@dataclass(frozen=True, slots=True)
class Size:
    """How much an archive holds."""

    cables: int
    paragraphs: int


class Catalog:
    """Reads and writes the catalog. Every method is one transaction."""

    def __init__(self, url: str) -> None:
        """`url` is a SQLAlchemy address; SQLite and PostgreSQL are supported."""
        self._engine = _engine(url)
        with self._translated(), self._engine.connect() as connection:
            if connection.dialect.name == "postgresql":  # two processes may start on an empty database at once
                connection.execution_options(isolation_level="READ COMMITTED")
                connection.execute(select(func.pg_advisory_xact_lock(_SCHEMA_LOCK)))
            metadata.create_all(connection)
            connection.commit()

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    # --- writing

    def put(self, cable: Cable) -> None:
        """Write a cable in place of any with its id, marked as not yet indexed."""
        fields = cable_json(cable)
        rows = fields.pop("paragraphs")
        with self._begin() as connection:
            connection.execute(delete(cables).where(cables.c.id == str(cable.id)))
            connection.execute(insert(cables), _cable_row(cable, fields))
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

    def add_variant(self, cable_id: str, source: str) -> None:
        """Note another file that holds a copy of this cable."""
        with self._begin() as connection:
            record = connection.scalar(select(cables.c.fields).where(cables.c.id == cable_id).with_for_update())
            if record is not None and source not in (record["source"], *record["variants"]):
                record = {**record, "variants": sorted([*record["variants"], source])}
                connection.execute(update(cables).where(cables.c.id == cable_id).values(fields=record))

    def mark_indexed(self, ids: Iterable[str]) -> None:
        """Note that both indexes hold these cables as the catalog does."""
        with self._begin() as connection:
            for some in _batches(list(ids)):
                connection.execute(update(cables).where(cables.c.id.in_(some)).values(indexed=1))

    def mark_all_unindexed(self) -> None:
        """Have every cable indexed anew."""
        with self._begin() as connection:
            connection.execute(update(cables).values(indexed=0))

    def record(self, source: str, cable_id: str, given: str, outcome: str) -> None:
        """Enter one ingested input in the ledger; `given` is the fingerprint of the cable as this source had it."""
        with self._begin() as connection:
            connection.execute(delete(ledger).where(ledger.c.source == source, ledger.c.cable_id == cable_id))
            connection.execute(
                insert(ledger), {"source": source, "cable_id": cable_id, "fingerprint": given, "outcome": outcome}
            )

    def set_manifest(self, values: Mapping[str, str]) -> None:
        """Write manifest entries, replacing those of the same name."""
        with self._begin() as connection:
            connection.execute(delete(manifest).where(manifest.c.name.in_(list(values))))
            connection.execute(insert(manifest), [{"name": name, "value": value} for name, value in values.items()])

    # --- reading

    def manifest(self) -> dict[str, str]:
        """Model, parser and schema versions the store was built with."""
        with self._begin() as connection:
            return {row.name: row.value for row in connection.execute(select(manifest))}

    def size(self) -> Size:
        """Cables and paragraphs held."""
        with self._begin() as connection:
            return Size(
                connection.scalar(select(func.count()).select_from(cables)) or 0,
                connection.scalar(select(func.count()).select_from(paragraphs)) or 0,
            )

    def fingerprint(self, cable_id: str) -> str | None:
        """Fingerprint of the cable held under this id, or None."""
        with self._begin() as connection:
            return connection.scalar(select(cables.c.fingerprint).where(cables.c.id == cable_id))

    def entries(self, cable_id: str) -> dict[str, str]:
        """The ledger's sources of a cable, each with the fingerprint it gave."""
        with self._begin() as connection:
            rows = connection.execute(
                select(ledger.c.source, ledger.c.fingerprint).where(ledger.c.cable_id == cable_id)
            )
            return {row.source: row.fingerprint for row in rows}

    def unindexed(self) -> list[str]:
        """Ids of the cables the indexes do not hold yet."""
        with self._begin() as connection:
            return list(connection.scalars(select(cables.c.id).where(cables.c.indexed == 0).order_by(cables.c.id)))

    def ids(self) -> list[str]:
        """All cable ids, sorted."""
        with self._begin() as connection:
            return list(connection.scalars(select(cables.c.id).order_by(cables.c.id)))

    def cable(self, cable_id: str) -> Cable | None:
        """A whole cable, or None."""
        with self._begin() as connection:
            record = connection.scalar(select(cables.c.fields).where(cables.c.id == cable_id))
            if record is None:
                return None
            rows = connection.execute(
                select(paragraphs).where(paragraphs.c.cable_id == cable_id).order_by(paragraphs.c.position)
            )
            return cable_from_record(record, [paragraph_from_row(row) for row in rows])

    def paragraphs(self, keys: Sequence[str]) -> dict[str, tuple[Cable, Paragraph]]:
        """The paragraphs with these keys, each with its cable (without the cable's other paragraphs)."""
        found: dict[str, tuple[Cable, Paragraph]] = {}
        columns = (*paragraphs.c, cables.c.fields)
        with self._begin() as connection:
            for some in _batches(list(keys)):
                query = select(*columns).join(cables).where(paragraphs.c.key.in_(some))
                for row in connection.execute(query):
                    paragraph = paragraph_from_row(row)
                    found[row.key] = (cable_from_record(row.fields, [paragraph]), paragraph)
        return found

    def resolve(self, typed: TypedCitation) -> list[str]:
        """Ids of the cables a typed citation may mean; several where the year is needed, none where unknown."""
        for post in typed.posts():
            query = select(cables.c.id).where(cables.c.post == post, cables.c.serial == typed.serial)
            with self._begin() as connection:
                ids = list(connection.scalars(query.order_by(cables.c.seconds)))
            if typed.year is not None:
                ids = [cable_id for cable_id in ids if CableId.parse(cable_id).year == typed.year]
            if ids:
                return ids
        return []

    def posts(self) -> dict[str, str]:
        """The posts that sent cables: as ids spell them, with their printed names."""
        with self._begin() as connection:
            rows = connection.execute(select(cables.c.post, cables.c.post_name).distinct())
            return {row.post: row.post_name for row in rows}

    def has_post(self, post: str) -> bool:
        """Whether any cable was sent by this post (as ids spell it)."""
        with self._begin() as connection:
            return connection.scalar(select(cables.c.id).where(cables.c.post == post).limit(1)) is not None

    def shared_labels(self, ids: Iterable[str]) -> set[str]:
        """Those of the ids whose label (post and serial) another cable of the archive has too."""
        parsed = {cable_id: CableId.parse(cable_id) for cable_id in ids}
        shared: set[tuple[str, int]] = set()
        with self._begin() as connection:
            for some in _batches(sorted({each.serial for each in parsed.values()})):
                twice = (
                    select(cables.c.post, cables.c.serial)
                    .where(cables.c.serial.in_(some))
                    .group_by(cables.c.post, cables.c.serial)
                    .having(func.count() > 1)
                )
                shared.update((row.post, row.serial) for row in connection.execute(twice))
        return {cable_id for cable_id, each in parsed.items() if (each.post, each.serial) in shared}

    def referring(self, cable_id: str) -> list[str]:
        """Ids of the cables that refer to this one."""
        query = select(cable_references.c.cable_id).where(cable_references.c.target == cable_id)
        with self._begin() as connection:
            return list(connection.scalars(query.order_by(cable_references.c.cable_id)))

    @contextmanager
    def _begin(self) -> Iterator[Connection]:
        with self._translated(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", None) or error).splitlines()[0]
            away = isinstance(error, OperationalError | InterfaceError | PoolTimeout)
            raise (StoreUnavailable if away else CablesError)(
                f"the catalog cannot be used: {reason}; check the disk or CABLES_CATALOG_URL"
            ) from error


def fingerprint(cable: Cable) -> str:
    """SHA-256 of a cable's content: everything but where it came from."""
    content = cable_json(cable)
    for name in ("source", "variants", "problems"):
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
        "fields": fields,
        "fingerprint": fingerprint(cable),
        "indexed": 0,
    }


def _paragraph_rows(cable: Cable) -> list[dict[str, Any]]:
    return [
        {
            "key": str(paragraph.key),
            "cable_id": str(cable.id),
            "position": position,
            "marking": paragraph.marking,
            "effective_marking": paragraph.effective_marking,
            "heading": paragraph.heading,
            "heading_marking": paragraph.heading_marking,
            "text": paragraph.text,
            "layout": paragraph.layout,
        }
        for position, paragraph in enumerate(cable.paragraphs)
    ]


def _batches(items: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(items), _MANY):
        yield items[start : start + _MANY]


def _engine(url: str) -> Engine:
    try:
        address = make_url(url)
        if address.drivername == "postgresql":
            address = address.set(drivername="postgresql+psycopg")
        # One snapshot a transaction: a cable and its paragraphs are of the same version while an ingest replaces it.
        served = {"pool_pre_ping": True, "isolation_level": "REPEATABLE READ"}
        engine = create_engine(address, **({} if address.get_backend_name() == "sqlite" else served))
    except (ArgumentError, ImportError) as error:
        raise CablesError(
            f"CABLES_CATALOG_URL cannot be used: {str(error).splitlines()[0]}; "
            "write it like postgresql://user:password@host/name, with pip install 'cables[postgres]'"
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _tune_sqlite)
    return engine


def _tune_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    # WAL lets readers go on during an ingest; NORMAL is safe against a killed process in WAL mode.
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
