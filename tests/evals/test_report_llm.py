"""The report on a language model, here over an archive without one."""

from pathlib import Path

import pytest
from rich.console import Console

from evals.archives import Benchmark
from evals.jsonl import read_json_lines, write_json_lines
from evals.report_llm import EXTRACTIVE, gated, main, measure
from rag.archive import Archive
from rag.errors import BadInput

ASKED = {
    "id": "cranes",
    "type": "number",
    "question": "How many cranes did the harbour master of Ostermere order?",
    "gold": [["07OSTERMERE10#1"]],
    "facts": [["forty"]],
    "answer": "Forty.",
}


@pytest.fixture
def benchmark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Benchmark:
    monkeypatch.setattr("evals.archives._GOLDEN", tmp_path)
    elsewhere = ASKED | {"id": "elsewhere", "gold": [["07FALLOWGATE3#1"]]}
    write_json_lines(tmp_path / "harbour.jsonl", [ASKED, elsewhere])
    return Benchmark("harbour", ())


def test_figures_and_answers_are_written(archive: Archive, benchmark: Benchmark, tmp_path: Path) -> None:
    asked = measure(archive, "none", benchmark, "all", 60, tmp_path, Console(quiet=True))
    assert [str(verdict)[:4] for verdict in gated(asked)] == ["ok  ", "ok  "]
    assert [verdict.passed for verdict in gated([])] == [False, False]
    [(_, row)] = read_json_lines(tmp_path / "none.jsonl")
    assert row["id"] == "cranes" and row["mode"] == EXTRACTIVE
    table = (tmp_path / "none.md").read_text(encoding="utf-8")
    for line in ("fact recall | 1.000", "withheld at first, sentences | 0", "quoted: no model was asked | 1 | 1"):
        assert line in table
    assert "seconds to the first sentence" in table and "memory" in table


def test_an_archive_of_other_cables_is_refused(archive: Archive, benchmark: Benchmark, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="holds none of the cables"):
        measure(archive, "none", benchmark, "all", 0, tmp_path, Console(quiet=True))


def test_a_model_that_was_not_fetched_is_told_before_anything_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CABLES_MODELS", str(tmp_path / "models"))
    assert main([str(tmp_path), "--store", str(tmp_path / "store")]) == 1
    assert "cables models get local" in capsys.readouterr().err
