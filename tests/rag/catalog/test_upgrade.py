"""Catalogs of every older schema that can be brought up."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from rag.catalog import upgrade
from rag.catalog.arrivals import Arrivals
from rag.catalog.catalog import Catalog
from rag.catalog.keys import Keys
from rag.catalog.manifest import (
    INDEX_VERSIONS,
    SCHEMA_VERSION,
    UPGRADABLE,
    check_schema,
    older_indexes,
)
from rag.catalog.tables import metadata
from rag.catalog.tombstones import Tombstones
from rag.catalog.upgrade import planned_steps, read_by_older, upgrade_schema
from rag.errors import CablesError, StoreMismatch
from tests.processes import postgres
from tests.rag.catalog.older_stores import CABLES, SCHEMAS, older_postgres, older_sqlite

STORE = Path("store")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres() as url:
        yield url


def older(request: pytest.FixtureRequest, kind: str, file: Path, schema: str) -> str:
    if kind == "sqlite":
        return older_sqlite(file, schema)
    return older_postgres(request.getfixturevalue("server"), file, schema)


def tables(catalog: Catalog) -> set[str]:
    with catalog.begin() as connection:
        return set(inspect(connection).get_table_names())


@pytest.mark.parametrize("schema", SCHEMAS)
@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_an_older_store_is_brought_up_in_place(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str, schema: str
) -> None:
    url = older(request, kind, tmp_path / "catalog.sqlite3", schema)
    with Catalog(url) as catalog:
        with pytest.raises(StoreMismatch, match=f"schema {schema}, this is schema {SCHEMA_VERSION}; bring it up with"):
            check_schema(catalog.manifest(), STORE)
        assert len(planned_steps(catalog, STORE)) == int(SCHEMA_VERSION) - int(schema)
        upgrade_schema(catalog, STORE)
        check_schema(catalog.manifest(), STORE)
        assert planned_steps(catalog, STORE) == []
        upgrade_schema(catalog, STORE)
        with catalog.begin() as connection:
            assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    with Catalog(url) as catalog:
        assert catalog.ids() == CABLES
        assert [len(cable.paragraphs) for cable in catalog.cables(CABLES)] == [7, 8]
        assert [key.name for key in Keys(catalog).all()] == ["reader"]
        assert Tombstones(catalog).all() == []
        assert {stamp > 0 for stamp, _ in Arrivals(catalog).after(-1)} == {schema == "5"}
        assert len(Arrivals(catalog).after(-1)) == 15
        entries = [catalog.ledger_entries(cable_id) for cable_id in CABLES]
        assert [entry.parser for each in entries for entry in each.values()] == [2 if schema == "3" else 3] * 2
        assert older_indexes(catalog.manifest()) == ([] if schema == "5" else ["lexical"])
        assert catalog.manifest().keys() >= INDEX_VERSIONS.keys() and "index" not in catalog.manifest()
        assert read_by_older(catalog, 2).sources == ()
        assert (read_by_older(catalog, 3).cables > 0) == (schema == "3")


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_an_upgrade_that_is_broken_off_changes_nothing(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str
) -> None:
    url = older(request, kind, tmp_path / "catalog.sqlite3", "3")
    with Catalog(url) as catalog:
        held, there = catalog.manifest(), tables(catalog)
        with catalog.begin(writing=True) as connection:
            connection.execute(text("ALTER TABLE cables RENAME TO cables_away"))
        with pytest.raises(CablesError):  # in the step after the first
            upgrade_schema(catalog, STORE)
        with catalog.begin(writing=True) as connection:
            connection.execute(text("ALTER TABLE cables_away RENAME TO cables"))
        assert (catalog.manifest(), tables(catalog)) == (held, there)
        upgrade_schema(catalog, STORE)
        check_schema(catalog.manifest(), STORE)


def test_to_plan_changes_nothing(tmp_path: Path) -> None:
    with Catalog(older_sqlite(tmp_path / "catalog.sqlite3", "3")) as catalog:
        there = tables(catalog)
        planned = planned_steps(catalog, STORE)
        assert [step.what.partition(":")[0] for step in planned] == ["schema 3 to 4", "schema 4 to 5", "schema 5 to 6"]
        assert tables(catalog) == there and "tombstones" not in there


def test_tables_that_an_earlier_version_made_when_it_opened_the_store_do_no_harm(tmp_path: Path) -> None:
    with Catalog(older_sqlite(tmp_path / "catalog.sqlite3", "3")) as catalog:
        with catalog.begin(writing=True) as connection:
            metadata.create_all(connection)
        upgrade_schema(catalog, STORE)
        with catalog.begin() as connection:
            assert compare_metadata(MigrationContext.configure(connection), metadata) == []


@pytest.mark.parametrize("version", ["2", "99"])
def test_a_version_there_is_no_way_from(catalog: Catalog, version: str) -> None:
    catalog.set_manifest({"schema": version})
    with pytest.raises(StoreMismatch, match=f"schema {version}"):
        upgrade_schema(catalog, STORE)


def test_the_versions_are_those_of_the_scripts() -> None:
    folder = str(Path(upgrade.__file__).with_name("migrations"))
    scripts = list(ScriptDirectory(folder, version_locations=[folder]).walk_revisions())
    assert [script.revision for script in scripts] == [SCHEMA_VERSION, *reversed(UPGRADABLE[1:])]


def test_a_new_catalog_names_its_schema(catalog: Catalog) -> None:
    assert catalog.manifest() == {"schema": SCHEMA_VERSION}
    assert planned_steps(catalog, STORE) == []
