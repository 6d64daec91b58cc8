from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, func, insert, select
from sqlalchemy.exc import IntegrityError, OperationalError

from rag.catalog.database import Database
from rag.errors import CablesError, StoreUnavailable

METADATA = MetaData()
LAMPS = Table("lamps", METADATA, Column("id", Integer, primary_key=True))
BELLS = Table("bells", METADATA, Column("id", Integer, primary_key=True))


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'lamps.sqlite3'}"


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    database = Database(url, "READ COMMITTED", METADATA, [LAMPS], busy_seconds=0.05)
    yield database
    database.close()


def lamps(database: Database) -> int:
    with database.begin() as connection:
        return connection.scalar(select(func.count()).select_from(LAMPS)) or 0


def test_only_the_tables_named_are_made(database: Database) -> None:
    assert lamps(database) == 0
    with pytest.raises(CablesError, match="no such table: bells"), database.begin() as connection:
        connection.execute(select(BELLS))


def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    with pytest.raises(CablesError, match="the catalog cannot be used: UNIQUE"), database.begin() as connection:
        connection.execute(insert(LAMPS), {"id": 1})
        connection.execute(insert(LAMPS), {"id": 1})
    assert lamps(database) == 0


def test_an_error_of_a_statement_is_not_translated_where_it_is_caught_at_once(database: Database) -> None:
    with database.begin() as connection:
        connection.execute(insert(LAMPS), {"id": 1})
        with pytest.raises(IntegrityError):
            connection.execute(insert(LAMPS), {"id": 1})
    assert lamps(database) == 1


def test_a_database_that_stays_locked_is_unavailable(database: Database, url: str) -> None:
    other = Database(url, "READ COMMITTED", METADATA, [LAMPS], busy_seconds=0.05)
    locked = pytest.raises(StoreUnavailable, match="database is locked")
    with database.begin(writing=True), locked as caught, other.begin(writing=True):
        pass
    other.close()
    assert caught.value.retryable
    assert isinstance(caught.value.__cause__, OperationalError)


def test_a_writing_transaction_sees_what_the_one_before_wrote(url: str) -> None:
    database = Database(url, "READ COMMITTED", METADATA, [LAMPS])

    def add() -> None:
        for _ in range(20):
            with database.begin(writing=True) as connection:
                last = connection.scalar(select(func.max(LAMPS.c.id))) or 0
                connection.execute(insert(LAMPS), {"id": last + 1})

    threads = [Thread(target=add) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert lamps(database) == 60
    database.close()
