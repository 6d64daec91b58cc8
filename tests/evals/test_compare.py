import pytest

from evals.compare import LEAST_CLUSTERS, compare
from evals.metrics import METRICS, ScoredQuestion
from tests.evals.invented import scored

RECALL = METRICS["recall@5"]


def run(*values: float, score: str = "recall@5", cables: int = 100) -> list[ScoredQuestion]:
    """One question a value, in turns about so many cables."""
    return [
        ScoredQuestion(f"q{number}", "fact", "test", {score: value}, cluster=f"cable {number % cables}")
        for number, value in enumerate(values)
    ]


def test_wins_losses_and_ties() -> None:
    first = scored({"a": 1.0, "b": 1.0, "c": 0.5, "d": 0.0, "only first": 0.0})
    second = scored({"a": 0.0, "b": 0.5, "c": 0.5, "d": 1.0, "only second": 1.0})
    result = compare(RECALL, first, second)
    assert result is not None
    assert (result.wins, result.losses, result.ties, result.clusters) == (2, 1, 1, 4)
    assert (result.first, result.second) == (2.5 / 4, 2.0 / 4)
    assert result.difference == pytest.approx((1.0 + 0.5 + 0 - 1.0) / 4)


def test_the_interval_decides() -> None:
    better, equal = run(*[1.0] * 20, *[0.0] * 10), run(*[1.0] * 10, *[0.0] * 20)
    shown = compare(RECALL, better, equal)
    assert shown is not None
    assert shown.verdict == "better"
    assert 0 < shown.interval.low < shown.difference < shown.interval.high
    lost = compare(RECALL, equal, better)
    assert lost is not None
    assert lost.verdict == "worse"
    one = compare(RECALL, run(1.0, *[0.0] * 29), run(*[0.0] * 30))
    assert one is not None
    assert one.verdict == "not shown"


def test_lower_wins_where_lower_is_better() -> None:
    result = compare(
        METRICS["false_abstention"],
        run(*[0.0] * 30, score="false_abstention"),
        run(*[1.0] * 30, score="false_abstention"),
    )
    assert result is not None
    assert (result.wins, result.losses, result.ties) == (30, 0, 0)
    assert result.difference == -1.0
    assert result.verdict == "better"


def test_questions_about_one_cable_are_drawn_together() -> None:
    worse, before = run(*[0.0] * 10, *[1.0] * 50, cables=12), run(*[1.0] * 60, cables=12)
    apart = compare(RECALL, worse, before)
    together = compare(
        RECALL,
        [ScoredQuestion(each.id, "fact", "test", each.scores, cluster=f"{int(each.id[1:]) // 10}") for each in worse],
        before,
    )
    assert apart is not None
    assert together is not None
    assert apart.verdict == "worse"  # lost in ten cables of twelve
    assert (together.clusters, together.verdict) == (6, "not shown")  # lost in one


def test_few_cables_show_nothing() -> None:
    few = LEAST_CLUSTERS - 1
    result = compare(RECALL, run(*[0.0] * 40, cables=few), run(*[1.0] * 40))
    assert result is not None
    assert (result.clusters, result.verdict) == (few, "not shown")


def test_what_a_file_rounds_away_is_equal() -> None:
    result = compare(RECALL, run(*[1 / 3] * 30), run(*[0.333333] * 30))
    assert result is not None
    assert (result.ties, result.verdict) == (30, "not shown")


def test_runs_without_a_common_question_are_not_compared() -> None:
    assert compare(RECALL, scored({"a": 1.0}), scored({"b": 1.0})) is None
