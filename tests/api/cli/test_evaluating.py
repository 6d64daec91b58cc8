"""`cables eval` and its commands, as they are typed."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli.main import app
from rag.errors import BadInput

GOLDEN = Path(__file__).resolve().parents[3] / "evals" / "golden" / "sample.jsonl"


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["eval", *words])


@pytest.fixture
def golden(tmp_path: Path) -> str:
    """The first two questions of the bundled set."""
    path = tmp_path / "mine.jsonl"
    path.write_text("".join(GOLDEN.read_text().splitlines(keepends=True)[:2]))
    return str(path)


def test_a_run_is_blessed_and_compared_with(golden: str, sample_store: Path, tmp_path: Path) -> None:
    store, answers, baselines = str(sample_store), tmp_path / "mine-run.jsonl", tmp_path / "baselines"
    assert run("--golden", golden, "--store", store, "--out", str(answers)).exit_code == 0
    assert json.loads(answers.read_text().splitlines()[0])["answer"]
    baselines.mkdir()
    blessed = run("bless", str(answers), "--into", str(baselines))
    assert blessed.exit_code == 0
    assert "mine-run" in blessed.output
    baseline = baselines / "mine-run.jsonl"
    assert "answer" not in json.loads(baseline.read_text().splitlines()[0])
    told = tmp_path / "comment.md"
    compared = run("--golden", golden, "--store", store, "--against", str(baseline), "--comment", str(told))
    assert compared.exit_code == 0
    assert "mine against mine-run" in compared.output
    assert told.read_text().startswith("<!-- cables eval: mine -->")


def test_golden_questions_are_wanted() -> None:
    assert isinstance(run().exception, BadInput)


def test_baselines_are_written_where_there_is_a_folder_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "run.jsonl").write_text('{"id": "a", "hash": "0", "metrics": {}}')
    assert "evals/baseline_runs" in str(run("bless", "run.jsonl").exception)


def test_help_names_both_ways() -> None:
    output = re.sub(r"\x1b\[[0-9;]*m", "", run("--help").output)
    assert "--against" in output
    assert "bless" in output


def test_golden_questions_are_checked(golden: str, sample_store: Path) -> None:
    checked = run("check", "--golden", golden, "--store", str(sample_store))
    assert checked.exit_code == 0
    assert "2 questions, 0 findings that are wrong" in checked.output
    path = Path(golden)
    path.write_text(path.read_text().replace("07QUILLHAVEN2340#5", "07QUILLHAVEN2340#55"))
    assert run("check", "--golden", golden, "--store", str(sample_store)).exit_code == 1
