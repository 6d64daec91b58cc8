from dataclasses import replace
from pathlib import Path

import pytest

from evals.archives import SAMPLE, Benchmark
from evals.gate import gate_checks, main, of_run
from evals.gates import Floor, Gates
from evals.golden import load
from evals.metrics import METRICS
from evals.run import Run
from evals.stored_run import BASELINE_RUNS, load_run
from rag.archive import Archive
from rag.errors import BadInput


def test_cables_that_are_not_there_are_told_and_fail_in_ci_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    absent = [Benchmark("tokyo", (tmp_path / "nowhere",))]
    monkeypatch.delenv("CI", raising=False)
    assert main(absent) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "0 passed, 0 failed"
    monkeypatch.setenv("CI", "true")
    assert main(absent) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "0 passed, 1 failed"


def test_a_set_that_cannot_be_judged_fails(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main([Benchmark("tokyo", (tmp_path,))]) == 1  # the folder is there, the cables are not
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("FAIL tokyo: no cable could be read from")
    assert lines[-1] == "0 passed, 1 failed"


def test_the_run_is_kept_to_be_blessed_and_every_kind_of_check_is_held(archive: Archive) -> None:
    run = Run("sample", (), (), ())
    gates = Gates((), ("mrr",))
    with pytest.raises(BadInput, match="no floor is set for sample"):
        list(gate_checks(archive, SAMPLE, run, gates))
    floor = Floor("sample", "all", METRICS["mrr"], least=0.5)
    names = [check.name for check in of_run(run, Gates((floor,), ("mrr",)))]
    assert names == ["sample all: MRR"]  # no question was asked, so there is nothing to compare


def test_a_protected_metric_is_held_against_the_baseline() -> None:
    baseline = load_run(BASELINE_RUNS / "sample.jsonl").scored
    halved = tuple(
        replace(each, cluster=each.id, scores={name: value / 2 for name, value in each.scores.items()})
        for each in baseline
    )
    questions = tuple(question for question in load([SAMPLE.golden])[0].questions)
    rows = tuple({"answer": "", "abstained": False} for _ in questions)
    floor = Floor("sample", "all", METRICS["mrr"], least=0.1)
    floors, against = of_run(Run("sample", questions, rows, halved), Gates((floor,), ("mrr",)))
    assert floors.passed
    assert against.name == "sample against its baseline: MRR"
    assert not against.passed
    assert against.figure.startswith("worse, -0.4")


@pytest.mark.slow
def test_the_sample_is_judged_from_nothing_but_its_files(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main([SAMPLE], tmp_path) == 0
    assert "sample: 45 questions in" in capsys.readouterr().out
    assert len(load_run(tmp_path / "sample.jsonl").answers) == 45
