"""What schema 6 changes; that a store of schema 5 becomes one of this version is tested in `test_upgrade`."""

from pathlib import Path

import pytest

from rag.catalog.catalog import Catalog
from rag.catalog.upgrade import upgrade_schema
from tests.rag.catalog.older_stores import older_sqlite


@pytest.mark.parametrize(
    ("index", "vectors", "words"), [("5", "5", "5"), ("4", "5", "4"), ("3", "5", "3"), ("2", "2", "2")]
)
def test_each_index_gets_the_version_that_it_has(tmp_path: Path, index: str, vectors: str, words: str) -> None:
    with Catalog(older_sqlite(tmp_path / "catalog.sqlite3", "5")) as catalog:
        catalog.set_manifest({"index": index})
        upgrade_schema(catalog, tmp_path)
        held = catalog.manifest()
        assert (held["chroma"], held["flat"], held["lexical"]) == (vectors, vectors, words)
        assert "index" not in held and "renew" not in held


@pytest.mark.parametrize(("before", "after"), [("yes", "chroma flat lexical"), ("words", "lexical")])
def test_a_rebuild_that_was_broken_off_is_taken_up(tmp_path: Path, before: str, after: str) -> None:
    with Catalog(older_sqlite(tmp_path / "catalog.sqlite3", "5")) as catalog:
        catalog.set_manifest({"renew": before})
        upgrade_schema(catalog, tmp_path)
        assert catalog.manifest()["renew"] == after
