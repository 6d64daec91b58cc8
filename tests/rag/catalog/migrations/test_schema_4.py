"""What schema 4 adds; that a store of schema 3 becomes one of this version is tested in `test_upgrade`."""

from pathlib import Path

from rag.catalog.catalog import Catalog, LedgerEntry
from rag.catalog.upgrade import upgrade_schema
from tests.rag.catalog.older_stores import older_sqlite


def test_inputs_get_the_parser_that_the_store_names(tmp_path: Path) -> None:
    with Catalog(older_sqlite(tmp_path / "catalog.sqlite3", "3")) as catalog:
        catalog.set_manifest({"parser": "1"})
        upgrade_schema(catalog, tmp_path)
        (entry,) = catalog.ledger_entries("08OSTERMERE71").values()
        assert isinstance(entry, LedgerEntry) and entry.parser == 1


def test_a_store_of_no_parser_keeps_none(tmp_path: Path) -> None:
    with Catalog(older_sqlite(tmp_path / "catalog.sqlite3", "3")) as catalog:
        catalog.remove_from_manifest("parser")
        upgrade_schema(catalog, tmp_path)
        assert [entry.parser for entry in catalog.ledger_entries("08OSTERMERE71").values()] == [None]
