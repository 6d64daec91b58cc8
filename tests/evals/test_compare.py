import pytest

from evals.compare import compare, sign_test
from evals.metrics import METRICS
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
    first = scored({"a": 1.0, "b": 1.0, "c": 0.5, "d": 0.0, "only first": 0.0})
    second = scored({"a": 0.0, "b": 0.5, "c": 0.5, "d": 1.0, "only second": 1.0})
    result = compare(RECALL, first, second)
    assert result is not None
    assert (result.wins, result.losses, result.ties) == (2, 1, 1)
    assert result.difference == pytest.approx((1.0 + 0.5 + 0 - 1.0) / 4)
    assert result.p_value == 1.0


def test_lower_wins_where_lower_is_better() -> None:
    declined = METRICS["false_abstention"]
    result = compare(
        declined, scored({"a": 0.0, "b": 0.0}, declined.score), scored({"a": 1.0, "b": 0.0}, declined.score)
    )
    assert result is not None
    assert (result.wins, result.losses, result.ties) == (1, 0, 1)
    assert result.difference == -0.5


def test_runs_without_a_common_question_are_not_compared() -> None:
    assert compare(RECALL, scored({"a": 1.0}), scored({"b": 1.0})) is None
