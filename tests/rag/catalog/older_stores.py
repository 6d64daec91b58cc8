"""Catalogs of older schemas, each written by the program of its day: two cables of the sample, a key, the ledger.

`older/schema_N.sql` is SQLite's `.dump`. For PostgreSQL its tables and rows are copied.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import MetaData, create_engine, insert, make_url, select

from rag.catalog.database import sqlite_url

_DUMPS = Path(__file__).with_name("older")
SCHEMAS = ("3", "4", "5")
CABLES = ["06LANTERNBAY45", "08OSTERMERE71"]


def older_sqlite(file: Path, schema: str) -> str:
    """Make the SQLite database of this schema; returns its URL."""
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript((_DUMPS / f"schema_{schema}.sql").read_text(encoding="utf-8"))
    return sqlite_url(file).render_as_string()


def older_postgres(url: str, file: Path, schema: str) -> str:
    """Make a PostgreSQL database one of this schema; `file` is where SQLite may have it meanwhile. Returns the URL."""
    source = create_engine(older_sqlite(file, schema))
    target = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    tables = MetaData()
    tables.reflect(source)
    with source.connect() as read, target.begin() as written:
        written.exec_driver_sql("DROP SCHEMA public CASCADE")
        written.exec_driver_sql("CREATE SCHEMA public")
        tables.create_all(written)
        for table in tables.sorted_tables:
            if rows := [dict(row) for row in read.execute(select(table)).mappings()]:
                written.execute(insert(table), rows)
    return url
