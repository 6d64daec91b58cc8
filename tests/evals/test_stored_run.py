import json
from pathlib import Path

import pytest

from evals.run import Run
from evals.stored_run import load_run, parse_run, save_answers, save_run
from rag.errors import BadInput
from tests.evals.invented import row, scored


def test_a_baseline_holds_ids_hashes_and_scores_alone(tmp_path: Path) -> None:
    path = tmp_path / "runs" / "first.jsonl"
    save_run(path, scored({"a": 1 / 3, "b": 0.0}))
    assert [json.loads(line) for line in path.read_text().splitlines()] == [
        {"id": "a", "type": "fact", "hash": "0a", "metrics": {"recall@5": 0.333333}},
        {"id": "b", "type": "fact", "hash": "0b", "metrics": {"recall@5": 0.0}},
    ]
    run = load_run(path)
    assert run.name == "first"
    assert run.answers == {}
    assert [(question.id, question.digest, dict(question.scores)) for question in run.scored] == [
        ("a", "0a", {"recall@5": 0.333333}),
        ("b", "0b", {"recall@5": 0.0}),
    ]


def test_a_run_for_oneself_holds_the_answers_too(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    rows = (row(id="a", answer="Forty."), row(id="b", answer="Closest", abstained=True, reason="nothing is said of it"))
    save_answers(path, [Run("harbour", (), rows, tuple(scored({"a": 1.0, "b": 0.0})))])
    run = load_run(path)
    assert run.answers == {"a": "Forty.", "b": "Declined: nothing is said of it"}
    assert [question.scores for question in run.scored] == [{"recall@5": 1.0}, {"recall@5": 0.0}]
    assert json.loads(path.read_text().splitlines()[0])["timings_ms"]["total"] == 30.0


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('{"id": "a", "answer": "forty"}', "not a line of a stored run"),
        ('{"id": "a", "metrics": {"mrr": 1}}', "no hash of the question"),
        ('{"id": "a", "hash": "0a", "metrics": {"mrr": "high"}}', "metrics must be numbers"),
        ('{"id": "z", "hash": "0z", "metrics": {}}', "the id 'z' occurs twice"),
        ("nonsense", "not JSON"),
    ],
)
def test_a_bad_line_of_a_stored_run_is_named(tmp_path: Path, line: str, complaint: str) -> None:
    text = '{"id": "z", "hash": "0z", "metrics": {}}\n' + line
    path = tmp_path / "run.jsonl"
    path.write_text(text)
    with pytest.raises(BadInput, match=f"run.jsonl:2: {complaint}"):
        load_run(path)
    with pytest.raises(BadInput, match=f"main:run.jsonl:2: {complaint}"):
        parse_run("main:run.jsonl", text)
