from pathlib import Path

import pytest

from evals.archives import SAMPLE, Benchmark
from evals.gate import check_benchmark, main, shapes_verdict


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


def test_without_questions_of_other_shapes_there_is_no_verdict(tmp_path: Path) -> None:
    assert shapes_verdict(tmp_path / "nowhere.jsonl") is None


@pytest.mark.slow
def test_the_sample_is_judged_from_nothing_but_its_files() -> None:
    verdicts, asked = check_benchmark(SAMPLE)
    assert verdicts
    assert asked.startswith("45 questions")
    assert "skipped" not in asked
