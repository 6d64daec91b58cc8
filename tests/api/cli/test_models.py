"""`cables models`: what is known, what is here, and searching with another encoder."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli.main import app
from rag.archive import Archive
from rag.encoders.embedding import PACKAGED_MODEL, model_folder
from rag.errors import BadInput, ModelUnavailable
from rag.models.known_models import KNOWN
from rag.settings import Settings
from tests.api.small_archive import small_store
from tests.rag.models.small_known_model import small_known_model


@pytest.fixture(autouse=True)
def twin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A known model with terms of use, which is the packaged encoder under another name."""
    folder = model_folder(PACKAGED_MODEL)
    files = {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    monkeypatch.setitem(KNOWN, "twin", small_known_model(files, terms="https://terms.example", name="twin"))
    monkeypatch.setenv("CABLES_MODELS", str(tmp_path / "models"))


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["models", *words])


def states(store: Path) -> dict[str, str]:
    return {model["name"]: model["state"] for model in json.loads(run("list", "--store", str(store), "--json").stdout)}


def test_an_encoder_is_fetched_searches_and_is_left_again(tmp_path: Path) -> None:
    store = small_store(tmp_path / "store")
    refused = run("get", "twin")
    assert isinstance(refused.exception, BadInput) and "https://terms.example, then add `--accept`" in str(
        refused.exception
    )
    assert isinstance(run("use", "twin", "--store", str(store)).exception, ModelUnavailable)
    fetched = run("get", "twin", "--accept", "--from", str(model_folder(PACKAGED_MODEL)))
    assert fetched.exit_code == 0, fetched.output
    assert "here already" in run("get", "twin").output
    assert states(store)["twin"] == "here" and states(store)[PACKAGED_MODEL] == "in use"

    used = run("use", "twin", "--store", str(store))
    assert "texts to encode" in used.output and "searched with twin." in used.output, used.output
    assert states(store)["twin"] == "in use" and states(store)[PACKAGED_MODEL] == "here"
    assert "already" in run("use", "twin", "--store", str(store)).output
    with Archive(Settings(store=store)) as archive:
        assert archive.embeddings.folder == tmp_path / "models" / "twin"
        assert archive.search("lantern")

    assert "searched with all-MiniLM-L6-v2." in run("use", PACKAGED_MODEL, "--store", str(store)).output
    assert states(store)[PACKAGED_MODEL] == "in use"


def test_a_language_model_is_used_by_a_setting() -> None:
    assert isinstance(run("use", "local").exception, ModelUnavailable)
    assert "embeddinggemma-300m" in run("list").output


def test_unknown_names_are_refused() -> None:
    assert isinstance(run("get", "nosuch").exception, BadInput)
    assert isinstance(run("use", "nosuch").exception, BadInput)
