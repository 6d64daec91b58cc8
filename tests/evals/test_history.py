from datetime import date
from pathlib import Path

import pytest

from evals.history import code_version, keep_run, load_history, on_same_questions
from evals.stored_run import StoredRun
from rag.errors import BadInput
from tests.evals.invented import scored


def test_runs_are_kept_by_day_and_version_the_oldest_first(tmp_path: Path) -> None:
    folder = tmp_path / "history"
    assert load_history(folder) == []
    keep_run(folder, scored({"a": 0.5}), date(2026, 12, 1), "0.2")
    keep_run(folder, scored({"a": 0.0}), date(2026, 11, 30), "0.1")
    keep_run(folder, scored({"a": 1.0}), date(2026, 12, 1), "0.2")  # asked once more
    kept = load_history(folder)
    assert [run.name for run in kept] == ["2026-11-30_0.1", "2026-12-01_0.2"]
    assert [run.scored[0].scores for run in kept] == [{"recall@5": 0.0}, {"recall@5": 1.0}]


def test_questions_that_were_others_then_are_left_out() -> None:
    today = scored({"a": 1.0, "b": 1.0})
    then = StoredRun("first", (*scored({"a": 0.5}), *scored({"gone": 0.5})))
    assert [question.id for question in on_same_questions(then, today)] == ["a"]
    changed = [type(each)(each.id, each.type, each.half, each.scores, "another") for each in today]
    assert on_same_questions(then, changed) == []


def test_a_version_can_be_part_of_a_file_name() -> None:
    assert code_version()
    assert "/" not in code_version()


def test_what_is_no_run_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.jsonl").write_text("{}")
    with pytest.raises(BadInput, match=r"notes.jsonl:1"):
        load_history(tmp_path)
