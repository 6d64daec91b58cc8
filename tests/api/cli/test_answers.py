"""`cables answers` and `cables ask --keep`, on a small store of their own."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli.main import app
from rag.errors import BadInput, NotFound
from tests.api.small_archive import HIDDEN_OIL, small_store

OIL = "Who hid barrels of lamp oil from the customs officers?"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_store(tmp_path_factory.mktemp("answers") / "store")


def run(store: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--store", str(store)], env={"COLUMNS": "120"})


def kept(store: Path) -> str:
    done = run(store, "ask", OIL, "--keep")
    assert done.exit_code == 0, done.output
    return str(json.loads(run(store, "answers", "list", "--json").output)[0]["id"])


def test_an_answer_is_kept_listed_noted_and_deleted(store: Path) -> None:
    assert "No answer was kept" in run(store, "answers", "list").output
    kept_id = kept(store)
    assert "is changed" in run(store, "answers", "note", kept_id, "for [bold]chapter 3").output
    listed = run(store, "answers", "list").output
    assert all(words in listed for words in (kept_id, "owner", "Who hid barrels", "for [bold]chapter 3"))
    run(store, "ask", OIL, "--keep")
    assert "There are more" in run(store, "answers", "list", "-n", "1").output
    assert f"{kept_id} is deleted." in run(store, "answers", "delete", kept_id).output
    assert isinstance(run(store, "answers", "show", kept_id).exception, NotFound)


def test_a_kept_answer_is_opened_and_saved(store: Path, tmp_path: Path) -> None:
    kept_id, file = kept(store), tmp_path / "a.html"
    shown = run(store, "answers", "show", kept_id, "--save", str(file)).output
    assert "Quaxworth" in shown and "by owner." in shown and "since" not in shown
    assert f"<mark>{HIDDEN_OIL}</mark>" in file.read_text(encoding="utf-8")
    assert json.loads(run(store, "answers", "show", kept_id, "--json").output)["id"] == kept_id
    assert isinstance(run(store, "answers", "show", kept_id, "--save", str(file)).exception, BadInput)


def test_an_answer_after_its_source_was_withdrawn(tmp_path: Path) -> None:
    store = small_store(tmp_path / "store")
    kept_id = kept(store)
    assert "Nothing differs from the kept answer." in run(store, "answers", "again", kept_id).output
    again = json.loads(run(store, "answers", "again", kept_id, "--json").output)
    assert again["sentences"]["added"] == [] and again["sentences"]["same"]
    run(store, "withdraw", "08QUILL1", "--paragraph", "1", "--reason", "a source")
    shown = run(store, "answers", "show", kept_id).output
    assert "(erased)" in shown and "Gone since: QUILL 1 ¶1" in shown and "Quaxworth" not in shown
    assert "(erased)" in run(store, "answers", "list").output
    assert isinstance(run(store, "answers", "again", kept_id).exception, BadInput)
