"""PairedComparison comparison of two runs over the same questions."""

from collections.abc import Sequence
from dataclasses import dataclass

from evals.extras import import_extra
from evals.metrics import Metric, ScoredQuestion


@dataclass(frozen=True, slots=True)
class PairedComparison:
    """How often the first run is better, worse or equal, question by question, and how likely that is by chance.

    `difference` is the mean of first minus second over the questions of both; `p_value` is two-sided.
    """

    metric: Metric
    wins: int
    losses: int
    ties: int
    difference: float
    p_value: float


def compare(
    metric: Metric, first: Sequence[ScoredQuestion], second: Sequence[ScoredQuestion]
) -> PairedComparison | None:
    """Compare on the questions that have this score in both runs; None if there are none.

    Raises:
        BadInput: the package scipy is missing.
    """
    scores = {question.id: question.scores[metric.score] for question in second if metric.score in question.scores}
    differences = [
        question.scores[metric.score] - scores[question.id]
        for question in first
        if metric.score in question.scores and question.id in scores
    ]
    if not differences:
        return None
    up = sum(difference > 0 for difference in differences)
    down = sum(difference < 0 for difference in differences)
    wins, losses = (down, up) if metric.better == "lower" else (up, down)
    mean = sum(differences) / len(differences)
    return PairedComparison(metric, wins, losses, len(differences) - up - down, mean, sign_test(wins, losses))


def sign_test(wins: int, losses: int) -> float:
    """Two-sided exact sign test: the chance of a split at least as uneven if either run were as likely to win.

    Ties are left out (Conover, Practical Nonparametric Statistics, 3rd edition, section 3.4).
    """
    if wins + losses == 0:
        return 1.0
    return float(import_extra("scipy.stats").binomtest(wins, wins + losses, 0.5).pvalue)
