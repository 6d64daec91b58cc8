from evals.baselines import Baseline
from evals.evaluation import Evaluation, part_of
from evals.metrics import ScoredQuestion
from evals.run import Run

FIRST = ScoredQuestion("a", "fact", "tune", {"mrr": 1.0})
SECOND = ScoredQuestion("b", "fact", "test", {"mrr": 0.5})


def test_a_part_is_a_half_or_all() -> None:
    assert part_of([FIRST, SECOND], "tune") == [FIRST]
    assert part_of([FIRST, SECOND], "test") == [SECOND]
    assert part_of([FIRST, SECOND], "all") == [FIRST, SECOND]


def test_runs_are_compared_by_the_metrics_both_have() -> None:
    evaluation = Evaluation(Run("harbour", (), (), (FIRST, SECOND)))
    other = Baseline("yesterday", (ScoredQuestion("b", "fact", "test", {"mrr": 0.25, "recall@5": 1.0}),))
    [comparison] = evaluation.comparisons(other, "all")
    assert comparison.metric.name == "mrr"
    assert (comparison.wins, comparison.losses) == (1, 0)
    assert evaluation.comparisons(other, "tune") == []
