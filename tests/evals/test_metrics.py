from evals.bootstrap import figure
from evals.metrics import METRICS, ScoredQuestion, score_ranking, score_row, values
from tests.evals.invented import question, row, scored


def test_ranking_scores_are_for_questions_with_evidence_only() -> None:
    found = score_row(row(retrieved=["x", "a"]), question("q", (("a",),)), {})
    assert found.scores["mrr"] == 0.5
    assert "mrr" not in score_row(row(retrieved=["x"]), question("q", kind="unanswerable"), {}).scores
    assert score_ranking([("x", "a")], question("q", (("a",),))).scores["mrr"] == 1.0


def test_a_metric_is_over_the_questions_it_applies_to() -> None:
    some = [ScoredQuestion("a", "fact", "test", {"mrr": 1.0}), ScoredQuestion("b", "fact", "test", {"mrr": 0.5})]
    others = [*some, ScoredQuestion("c", "unanswerable", "test", {"abstention": 1.0})]
    mean = figure(METRICS["mrr"], others)
    assert mean is not None
    assert (mean.value, mean.questions) == (0.75, 2)
    assert figure(METRICS["fact_recall"], others) is None


def test_statistics() -> None:
    hundred = [float(number) for number in range(1, 102)]
    assert METRICS["latency_p50"].of(hundred) == 51
    assert METRICS["latency_p95"].of(hundred) == 96
    assert METRICS["missed@5"].of([1.0, 0.0, 2.0]) == 3.0
    assert METRICS["recall@5"].of([1.0, 0.0, 1.0, 1.0]) == 0.75


def test_values_leave_out_what_does_not_apply() -> None:
    assert values([*scored({"a": 1.0}), *scored({"b": 2.0}, "mrr")], "recall@5") == [1.0]
