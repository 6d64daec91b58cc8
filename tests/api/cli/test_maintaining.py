"""The commands that keep a store in order."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli.main import app
from rag.errors import BadInput
from tests.api.small_archive import small_store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_store(tmp_path_factory.mktemp("maintaining") / "store")


def run(store: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--store", str(store)])


def test_dated_backups_are_made_and_the_older_deleted(store: Path, tmp_path: Path) -> None:
    assert isinstance(run(store, "backup", str(tmp_path / "none"), "--keep", "1").exception, BadInput)
    first = run(store, "backup", str(tmp_path), "--keep", "1")
    assert first.exit_code == 0 and "Deleted: nothing." in first.output
    (made,) = tmp_path.iterdir()
    older = made.rename(tmp_path / "cables-2001-01-01T000000Z.backup")  # not noted under this name: it stays
    second = run(store, "backup", str(tmp_path), "--keep", "1")
    assert "Deleted: nothing." in second.output and older.exists()


def test_verify_and_rebuild(store: Path) -> None:
    assert "catalog, vectors and words agree" in run(store, "verify").output
    assert "Nothing differed" in run(store, "rebuild").output
