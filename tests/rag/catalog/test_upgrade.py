from pathlib import Path

import pytest
from sqlalchemy import text

from rag.catalog.catalog import Catalog, LedgerEntry
from rag.catalog.manifest import PARSER, SCHEMA_VERSION, check_schema
from rag.catalog.tombstones import Tombstones
from rag.catalog.upgrade import planned_steps, read_by_older, upgrade_schema
from rag.errors import StoreMismatch
from tests.rag.samples import make_cable

STORE = Path("store")


def test_a_store_of_this_version_needs_nothing(catalog: Catalog) -> None:
    assert planned_steps(catalog, STORE) == []
    catalog.set_manifest({"schema": SCHEMA_VERSION})
    assert upgrade_schema(catalog, STORE) == []


def _made_older(catalog: Catalog) -> None:
    """As schema 3 had it."""
    with catalog.begin(writing=True) as connection:
        for table in ("withdrawn_texts", "tombstones", "backups", "kept_answers"):
            connection.execute(text(f"DROP TABLE {table}"))
        connection.execute(text("ALTER TABLE ledger DROP COLUMN parser"))
        connection.execute(
            text("INSERT INTO ledger (source, cable_id, fingerprint, outcome) VALUES ('a', '08QUILL1', '', '')")
        )
    catalog.set_manifest({"schema": "3", PARSER: "2"})


def test_an_older_store_is_brought_up_in_place(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'catalog.sqlite3'}"
    with Catalog(url) as catalog:
        catalog.put(make_cable("08QUILL1", "A lamp."))
        _made_older(catalog)
    with Catalog(url) as catalog:
        with pytest.raises(StoreMismatch, match="schema 3, this is schema 5; bring it up with `cables upgrade`"):
            check_schema(catalog.manifest(), STORE)
        assert [step.source for step in planned_steps(catalog, STORE)] == ["3", "4"]
        upgrade_schema(catalog, STORE)
        check_schema(catalog.manifest(), STORE)
        assert (upgrade_schema(catalog, STORE), Tombstones(catalog).all()) == ([], [])
        assert catalog.ledger_entries("08QUILL1") == {"a": LedgerEntry("a", "08QUILL1", "", "", 2)}
        assert read_by_older(catalog, 2).sources == ()
        older = read_by_older(catalog, 3)
        assert (older.cables, older.sources) == (1, ("a",))


@pytest.mark.parametrize("version", ["2", "99"])
def test_a_version_there_is_no_way_from(catalog: Catalog, version: str) -> None:
    catalog.set_manifest({"schema": version})
    with pytest.raises(StoreMismatch, match=f"schema {version}"):
        upgrade_schema(catalog, STORE)
