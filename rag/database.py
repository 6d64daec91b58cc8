"""Databases that hold the catalog: SQLite and PostgreSQL, opened the same way wherever tables are kept."""

from collections.abc import Sequence
from typing import Any, Literal

from sqlalchemy import Connection, Engine, MetaData, Table, create_engine, event, func, make_url, select
from sqlalchemy.exc import ArgumentError

from rag.errors import CablesError

_BEGIN = "sqlite_begin"
_SCHEMA_LOCK = 0x6361626C  # any number, the same in every process

Isolation = Literal["REPEATABLE READ", "READ COMMITTED"]


def open_engine(url: str, isolation: Isolation, busy_seconds: float = 10.0) -> Engine:
    """An engine for a SQLAlchemy address; `isolation` is PostgreSQL's, `busy_seconds` how long SQLite waits for a lock.

    Raises:
        CablesError: the address cannot be used.
    """
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
            _tune_sqlite(connection, busy_seconds)

        event.listen(engine, "connect", tune)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def for_writing(engine: Engine) -> Engine:
    """The same engine for transactions that read before they write: on SQLite too, no other comes between."""
    return engine.execution_options(**{_BEGIN: "IMMEDIATE"})


def create_tables(engine: Engine, metadata: MetaData, tables: Sequence[Table] | None = None) -> None:
    """Make the tables that are not there yet; all of `metadata` where none are named."""
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":  # two processes may start on an empty database at once
            connection.execution_options(isolation_level="READ COMMITTED")
            connection.execute(select(func.pg_advisory_xact_lock(_SCHEMA_LOCK)))
        metadata.create_all(connection, tables=tables)
        connection.commit()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get(_BEGIN, 'DEFERRED')}")


def _tune_sqlite(connection: Any, busy_seconds: float) -> None:
    # Left to itself the driver begins no transaction for reading: a cable and its paragraphs could be of two versions.
    connection.isolation_level = None
    cursor = connection.cursor()
    # WAL lets readers go on during an ingest; NORMAL is safe against a killed process in WAL mode.
    waiting = f"busy_timeout={int(busy_seconds * 1000)}"
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", waiting):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
