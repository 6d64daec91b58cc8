"""Databases that hold the catalog: SQLite and PostgreSQL, opened the same way wherever tables are kept."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, MetaData, Table, create_engine, event, func, inspect, make_url, select
from sqlalchemy.exc import ArgumentError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from rag.errors import CablesError, StoreUnavailable

_BEGIN = "sqlite_begin"
_CHECKPOINTS = 3
_FILE_SECONDS = 10.0
_SCHEMA_LOCK = 0x6361626C  # any number, the same in every process

Isolation = Literal["REPEATABLE READ", "READ COMMITTED"]


class Database:
    """A database with some of our tables. What SQLAlchemy raises is translated here into our own errors."""

    def __init__(
        self,
        url: str | URL,
        isolation: Isolation,
        metadata: MetaData,
        tables: Sequence[Table] | None = None,
        busy_seconds: float = 10.0,
    ) -> None:
        """Open the database at a SQLAlchemy address and make our tables where it has none of them.

        `tables` are those of `metadata` that are ours, None for all. `isolation` is PostgreSQL's; `busy_seconds` is how
        long SQLite waits for a lock.

        Raises:
            CablesError: the address or the database cannot be used.
            StoreUnavailable: the database does not answer.
        """
        self._engine = _open_engine(url, isolation, busy_seconds)
        self.is_sqlite = self._engine.dialect.name == "sqlite"
        self.is_immutable = _is_immutable(self._engine.url)
        """Whether it is a file that cannot be written."""
        if not self.is_immutable:
            with _translated_errors():
                self._create(metadata, tables or metadata.sorted_tables)

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    @contextmanager
    def begin(self, writing: bool = False) -> Iterator[Connection]:
        """A transaction; `writing` where it reads before it writes, so that no other writes in between.

        Raises:
            CablesError: a statement fails.
            StoreUnavailable: the database does not answer.
        """
        engine = self._engine.execution_options(**{_BEGIN: "IMMEDIATE"}) if writing else self._engine
        with _translated_errors(), engine.begin() as connection:
            yield connection

    def vacuum(self) -> None:
        """Rewrite all tables without what was deleted from them; for SQLite, the whole file and its log.

        PostgreSQL locks each table meanwhile; SQLite's readers go on.

        Raises:
            StoreUnavailable: another process keeps the database busy.
        """
        with _translated_errors():
            if self.is_sqlite:
                with closing(self._engine.raw_connection()) as raw, closing(raw.cursor()) as cursor:
                    _vacuum_sqlite(cursor)
                return
            with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                for table in inspect(connection).get_table_names():  # the statistics hold values: they are made anew
                    connection.exec_driver_sql(f'VACUUM (FULL, ANALYZE) "{table}"')

    def _create(self, metadata: MetaData, tables: Sequence[Table]) -> None:
        with self._engine.connect() as connection:
            if not self.is_sqlite:  # two processes may start on an empty database at once
                connection.execution_options(isolation_level="READ COMMITTED")
                connection.execute(select(func.pg_advisory_xact_lock(_SCHEMA_LOCK)))
            if {table.name for table in tables}.isdisjoint(inspect(connection).get_table_names()):
                metadata.create_all(connection, tables=tables, checkfirst=False)
            connection.commit()


def vacuum_file(path: Path) -> None:
    """Rewrite a SQLite database that is not the catalog without what was deleted from it.

    Raises:
        StoreUnavailable: another process keeps it busy, or it cannot be written.
    """
    try:
        with closing(sqlite3.connect(path, timeout=_FILE_SECONDS)) as connection:
            _vacuum_sqlite(connection.cursor())
    except sqlite3.Error as error:
        raise StoreUnavailable(f"{path} cannot be rewritten: {error}; check the disk, then try again") from error


def _vacuum_sqlite(cursor: Any) -> None:
    cursor.execute("VACUUM")
    for _ in range(_CHECKPOINTS):  # each waits for readers as long as for any lock
        busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if not busy:
            return
    raise StoreUnavailable("a reader keeps the database's log in use; try again when it has ended")


@contextmanager
def _translated_errors() -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        away = isinstance(error, OperationalError | InterfaceError | PoolTimeout)
        raise (StoreUnavailable if away else CablesError)(
            f"the catalog cannot be used: {reason}; check the disk or CABLES_CATALOG_URL"
        ) from error


def sqlite_url(file: Path) -> URL:
    """The address of a SQLite database, whatever characters its path has.

    One that cannot be written is read as it is, without a lock: nobody else can write it either.

    Raises:
        CablesError: it cannot be written, and its last writes are still in its write-ahead log.
    """
    if not file.exists() or (os.access(file, os.W_OK) and os.access(file.resolve().parent, os.W_OK)):
        return URL.create("sqlite", database=str(file))
    file = file.resolve()
    log = file.with_name(f"{file.name}-wal")
    if log.exists() and log.stat().st_size:
        raise CablesError(f"{file} was not closed by its last writer; open the store once where it can be written")
    return URL.create("sqlite", database=f"file:{quote(str(file))}", query={"immutable": "1", "uri": "true"})


def _is_immutable(url: URL) -> bool:
    return "immutable" in url.query


def _open_engine(url: str | URL, isolation: Isolation, busy_seconds: float) -> Engine:
    try:
        address = make_url(url)
        if address.drivername == "postgresql":
            address = address.set(drivername="postgresql+psycopg")
        served = {"pool_pre_ping": True, "isolation_level": isolation}
        engine = create_engine(address, **({} if address.get_backend_name() == "sqlite" else served))
    except (ArgumentError, ImportError) as error:
        raise CablesError(
            f"CABLES_CATALOG_URL cannot be used: {str(error).splitlines()[0]}; "
            "write it like postgresql://user:password@host/name, with pip install 'cables[postgres]'"
        ) from error
    if engine.dialect.name == "sqlite":

        def tune(connection: Any, _record: object) -> None:
            _tune_sqlite(connection, busy_seconds, writable=not _is_immutable(address))

        event.listen(engine, "connect", tune)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get(_BEGIN, 'DEFERRED')}")


def _tune_sqlite(connection: Any, busy_seconds: float, writable: bool) -> None:
    # Left to itself the driver begins no transaction for reading: a cable and its paragraphs could be of two versions.
    connection.isolation_level = None
    cursor = connection.cursor()
    # WAL lets readers go on during an ingest; NORMAL is safe against a killed process in WAL mode.
    waiting = f"busy_timeout={int(busy_seconds * 1000)}"
    journal = ("journal_mode=WAL", "synchronous=NORMAL") if writable else ()
    for pragma in (*journal, "foreign_keys=ON", waiting):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
