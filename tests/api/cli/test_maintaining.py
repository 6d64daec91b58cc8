"""The commands that keep a store in order."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli.main import app
from rag.errors import BadInput, StoreMissing
from tests.api.small_archive import small_store
from tests.processes import chroma_server, free_port


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
    assert isinstance(run(store / "none", "rebuild").exception, StoreMissing)
    assert not (store / "none").exists()


def test_beside_a_chroma_server_what_is_rebuilt_is_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with chroma_server(tmp_path, port := free_port()):
        monkeypatch.setenv("CABLES_CHROMA_URL", f"http://127.0.0.1:{port}")
        store = small_store(tmp_path / "store")
        for name in ("lexical", "published"):
            shutil.rmtree(store / name)
        assert run(store, "verify").exit_code == 1
        assert "4 cables were indexed again" in run(store, "rebuild").output
        assert "agree" in run(store, "verify").output
