import json
from pathlib import Path

import pytest

from evals.compare import paired, sign_test
from evals.metrics import METRICS
from evals.stored_run import load_run, overlap, save_run
from rag.errors import BadInput
from tests.evals.invented import scored

RECALL = METRICS["recall@5"]


def test_sign_test_by_hand() -> None:
    assert sign_test(0, 0) == 1.0
    assert sign_test(1, 0) == 1.0
    assert sign_test(5, 0) == pytest.approx(2 / 32)
    assert sign_test(8, 1) == pytest.approx(2 * (1 + 9) / 512)
    assert sign_test(1, 8) == pytest.approx(sign_test(8, 1))
    assert sign_test(3, 3) == 1.0


def test_wins_losses_and_ties() -> None:
    ours = scored({"a": 1.0, "b": 1.0, "c": 0.5, "d": 0.0, "only ours": 0.0})
    theirs = scored({"a": 0.0, "b": 0.5, "c": 0.5, "d": 1.0, "only theirs": 1.0})
    result = paired(RECALL, ours, theirs)
    assert result is not None
    assert (result.wins, result.losses, result.ties) == (2, 1, 1)
    assert result.difference == pytest.approx((1.0 + 0.5 + 0 - 1.0) / 4)
    assert result.p_value == 1.0


def test_lower_wins_where_lower_is_better() -> None:
    declined = METRICS["false_abstention"]
    result = paired(
        declined, scored({"a": 0.0, "b": 0.0}, declined.score), scored({"a": 1.0, "b": 0.0}, declined.score)
    )
    assert result is not None
    assert (result.wins, result.losses, result.ties) == (1, 0, 1)
    assert result.difference == -0.5


def test_nothing_in_common() -> None:
    assert paired(RECALL, scored({"a": 1.0}), scored({"b": 1.0})) is None
    assert overlap(scored({"a": 1.0, "b": 1.0}), scored({"b": 0.0})) == 1


def test_a_stored_run_holds_ids_and_scores_alone(tmp_path: Path) -> None:
    path = tmp_path / "runs" / "first.jsonl"
    save_run(path, scored({"a": 1 / 3, "b": 0.0}))
    assert [json.loads(line) for line in path.read_text().splitlines()] == [
        {"id": "a", "type": "fact", "metrics": {"recall@5": 0.333333}},
        {"id": "b", "type": "fact", "metrics": {"recall@5": 0.0}},
    ]
    assert [(each.id, dict(each.scores)) for each in load_run(path)] == [
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
