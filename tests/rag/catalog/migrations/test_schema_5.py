"""What schema 5 adds; that a store of schema 4 becomes one of this version is tested in `test_upgrade`."""

from pathlib import Path

from rag.catalog.arrivals import Arrivals
from rag.catalog.catalog import Catalog
from rag.catalog.upgrade import upgrade_schema
from tests.rag.catalog.older_stores import older_sqlite


def test_what_can_be_found_came_first_and_what_is_not_indexed_is_yet_to_come(tmp_path: Path) -> None:
    with Catalog(older_sqlite(tmp_path / "catalog.sqlite3", "4")) as catalog:
        with catalog.begin(writing=True) as connection:
            connection.exec_driver_sql("UPDATE cables SET indexed = 0 WHERE id = '08OSTERMERE71'")
        upgrade_schema(catalog, tmp_path)
        arrived = Arrivals(catalog).after(-1)
        assert {key.partition("#")[0] for _, key in arrived} == {"06LANTERNBAY45"}
        catalog.mark_indexed(["08OSTERMERE71"])
        assert {key.partition("#")[0] for _, key in Arrivals(catalog).after(0)} == {"08OSTERMERE71"}
