"""A store of an older version on the command line."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli.main import app
from rag.archive import Archive
from rag.catalog.manifest import SCHEMA_VERSION
from rag.errors import StoreMismatch
from rag.settings import Settings
from tests.api.small_archive import small_store
from tests.rag.catalog.older_stores import CABLES, SCHEMAS, older_sqlite


def run(store: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--store", str(store)])


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_store_of_an_older_version_is_brought_up(tmp_path: Path, schema: str) -> None:
    older_sqlite(tmp_path / "catalog.sqlite3", schema)
    for command in (["show", "OSTERMERE 71"], ["keys", "list"], ["ask", "Who?"], ["verify"]):
        assert isinstance(run(tmp_path, *command).exception, StoreMismatch), command
    planned = run(tmp_path, "upgrade", "--plan")
    assert "schema 5 to 6: a version for each index in place of one for all (seconds)" in planned.output
    assert ("words: made anew from the catalog (seconds)" in planned.output) == (schema != "5")
    assert "Nothing was changed." in planned.output
    done = run(tmp_path, "upgrade")
    assert done.exit_code == 0, done.output
    assert f"The catalog has schema {SCHEMA_VERSION}" in done.output
    assert ("older parser" in done.output) == (schema == "3")
    assert "OSTERMERE 71 ¶1" in run(tmp_path, "show", "OSTERMERE 71").output
    with Archive(Settings(store=tmp_path)) as archive:
        assert archive.catalog.ids() == CABLES
        if schema == "5":  # the dump has no indexes, and this version rebuilt none
            archive.catalog.mark_unindexed(CABLES)
            archive.index_pending()
        assert archive.audit().agrees


def test_words_alone_are_made_anew(tmp_path: Path) -> None:
    store = small_store(tmp_path / "store")
    with Archive(Settings(store=store)) as archive:
        archive.catalog.set_manifest({"lexical": "4"})
    written = _writes(store)
    assert isinstance(run(store, "search", "oil").exception, StoreMismatch)
    assert "words: made anew" in run(store, "upgrade").output
    assert _writes(store) == written
    with Archive(Settings(store=store)) as archive:
        assert archive.audit().agrees and archive.catalog.unindexed() == []


def test_nothing_to_do(tmp_path: Path) -> None:
    store = small_store(tmp_path / "store")
    for options in ([], ["--plan"]):
        done = run(store, "upgrade", *options)
        assert done.exit_code == 0 and done.output.count("\n") == 1


def _writes(store: Path) -> list[tuple[str, object]]:
    """What Chroma holds, each with the number of the write that it came by."""
    with closing(sqlite3.connect(store / "chroma" / "chroma.sqlite3")) as connection:
        return connection.execute("SELECT embedding_id, seq_id FROM embeddings ORDER BY embedding_id").fetchall()
