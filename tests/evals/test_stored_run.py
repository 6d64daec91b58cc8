import json
from pathlib import Path

import pytest

from evals.stored_run import load_run, overlap, save_run
from rag.errors import BadInput
from tests.evals.invented import scored


def test_overlap_counts_the_questions_of_both_runs() -> None:
    assert overlap(scored({"a": 1.0, "b": 1.0}), scored({"b": 0.0})) == 1


def test_a_stored_run_holds_ids_and_scores_alone(tmp_path: Path) -> None:
    path = tmp_path / "runs" / "first.jsonl"
    save_run(path, scored({"a": 1 / 3, "b": 0.0}))
    assert [json.loads(line) for line in path.read_text().splitlines()] == [
        {"id": "a", "type": "fact", "metrics": {"recall@5": 0.333333}},
        {"id": "b", "type": "fact", "metrics": {"recall@5": 0.0}},
    ]
    assert [(question.id, dict(question.scores)) for question in load_run(path)] == [
        ("a", {"recall@5": 0.333333}),
        ("b", {"recall@5": 0.0}),
    ]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('{"id": "a", "answer": "forty"}', "not a line of a stored run"),
        ('{"id": "a", "metrics": {"mrr": "high"}}', "metrics must be numbers"),
        ('{"id": "z", "metrics": {}}', "the id 'z' occurs twice"),
        ("nonsense", "not JSON"),
    ],
)
def test_a_bad_line_of_a_stored_run_is_named(tmp_path: Path, line: str, complaint: str) -> None:
    path = tmp_path / "run.jsonl"
    path.write_text('{"id": "z", "metrics": {}}\n' + line)
    with pytest.raises(BadInput, match=f"run.jsonl:2: {complaint}"):
        load_run(path)
