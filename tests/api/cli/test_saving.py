"""`cables ask --save`."""

import json
import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli.main import app
from api.cli.saving import check_free, save_answer
from rag.errors import BadInput, CablesError
from rag.settings import Settings
from tests.api.small_archive import HIDDEN_OIL, small_store

OIL = "Who hid barrels of lamp oil from the customs officers?"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_store(tmp_path_factory.mktemp("saving") / "store")


def ask(store: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["ask", OIL, *options, "--store", str(store)])


def test_an_answer_is_saved_once(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    done = ask(store, "--save", str(file), "--json")
    assert done.exit_code == 0 and f"Saved in {file}." in done.stderr
    assert "id" not in json.loads(done.stdout)
    assert f"<mark>{HIDDEN_OIL}</mark>" in file.read_text(encoding="utf-8")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.write_text("mine", encoding="utf-8")
    refused = ask(store, "--save", str(file))
    assert isinstance(refused.exception, BadInput) and "--force" in str(refused.exception)
    assert file.read_text(encoding="utf-8") == "mine"
    assert ask(store, "--save", str(file), "--force").exit_code == 0
    assert HIDDEN_OIL in file.read_text(encoding="utf-8")
    assert [each.name for each in tmp_path.iterdir()] == ["a.html"]


def test_a_place_that_cannot_be_written(store: Path, tmp_path: Path) -> None:
    check_free(None, force=False)
    for place in (tmp_path, tmp_path / "absent" / "a.html"):
        with pytest.raises(BadInput, match="in a folder that exists"):
            check_free(place, force=True)
    with pytest.raises(BadInput, match="File name too long"):
        check_free(tmp_path / ("a" * 300), force=False)
    answer = json.loads(ask(store, "--json").stdout)
    with pytest.raises(CablesError, match="cannot be written: File name too long"):
        save_answer(Settings(store=store), answer, tmp_path / ("a" * 250), False, "ask")
