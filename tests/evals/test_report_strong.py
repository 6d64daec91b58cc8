"""Two encoders measured in one run."""

from pathlib import Path
from shutil import copytree

import pytest
from rich.console import Console

from evals.archives import SAMPLE
from evals.report_strong import compare_encoders, main
from rag.encoders.embedding import PACKAGED_MODEL, model_folder
from rag.models.known_models import KNOWN
from tests.rag.models.small_known_model import small_known_model


@pytest.mark.slow
def test_a_fetched_encoder_is_compared_with_the_packaged_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KNOWN, "twin", small_known_model(name="twin"))
    monkeypatch.setenv("CABLES_MODELS", str(tmp_path / "models"))
    copytree(model_folder(PACKAGED_MODEL), tmp_path / "models" / "twin")
    compare_encoders(SAMPLE, "twin", tmp_path / "reports", Console(quiet=True))
    first, second = (tmp_path / "reports" / name for name in (PACKAGED_MODEL, "twin"))
    assert (first / "report.html").is_file() and (second / "run.jsonl").read_text() != ""
    assert "run" in (second / "report.html").read_text()


def test_a_model_that_is_not_there_is_told_before_anything_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("evals.report_strong.MORE", SAMPLE)
    monkeypatch.setenv("CABLES_MODELS", str(tmp_path / "models"))
    assert main([str(tmp_path / "reports")]) == 1
    assert "cables models get embeddinggemma-300m" in capsys.readouterr().err
    assert not (tmp_path / "reports").exists()
