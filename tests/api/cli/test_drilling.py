"""The restore drill, on the sample archive."""

import shutil
from pathlib import Path

import pytest

from rag.archive import Archive
from rag.settings import Settings
from tests.api.cli.commands import assert_one_line, run

QUESTION = "Whose idea was it to switch the Gannet Rock light back on?"


@pytest.fixture
def store(sample_store: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample_store, tmp_path / "store"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder


def test_a_backup_restores_to_what_answers_the_same(store: Path, folder: Path) -> None:
    assert run("backup", str(folder), "--keep", "7", store=store).returncode == 0
    before = sorted(path.relative_to(store) for path in store.rglob("*"))
    done = run("drill", str(folder), QUESTION, store=store)
    assert done.returncode == 0, done.stderr
    assert "catalog, vectors and words agree" in done.stdout
    assert "The archive answers from 07QUILLHAVEN2340#" in done.stdout and "What was restored" not in done.stdout
    assert sorted(path.relative_to(store) for path in store.rglob("*")) == before


def test_a_drill_that_fails(store: Path, folder: Path) -> None:
    file = folder / "a.backup"
    empty = folder.parent / "empty"
    with Archive(Settings(store=empty), create=True):
        pass
    assert run("backup", str(file), store=empty).returncode == 0
    done = run("drill", str(file), QUESTION, store=store)
    assert done.returncode == 1
    assert "What was restored answers from nothing." in done.stdout
    assert "cables: the drill failed" in done.stderr


def test_what_cannot_be_drilled(store: Path, folder: Path) -> None:
    assert_one_line(run("drill", str(folder), QUESTION, store=store), 2, "holds no backup")
    (folder / "a.backup").write_text("x")
    assert_one_line(run("drill", str(folder / "a.backup"), QUESTION, store=store), 2, "is no backup of an archive")
    unanswered = run("drill", str(folder / "a.backup"), "Who wrote the opera about Bessemer?", store=store)
    assert_one_line(unanswered, 2, "does not answer this question")
