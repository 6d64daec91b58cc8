"""Paired comparison of two runs over the same questions."""

from collections.abc import Sequence
from dataclasses import dataclass

from evals.extras import needed
from evals.metrics import Metric, Scored


@dataclass(frozen=True, slots=True)
class Paired:
    """Question by question: how often the first run is better, worse or equal, and how likely that is by chance.

    `difference` is the mean of first minus second over all questions both have; `p_value` is two-sided.
    """

    metric: Metric
    wins: int
    losses: int
    ties: int
    difference: float
    p_value: float


def paired(metric: Metric, ours: Sequence[Scored], theirs: Sequence[Scored]) -> Paired | None:
    """Compare on the questions that have this score in both runs; None where there is none.

    Raises:
        BadInput: the package scipy is missing.
    """
    other = {each.id: each.scores[metric.score] for each in theirs if metric.score in each.scores}
    differences = [
        each.scores[metric.score] - other[each.id] for each in ours if metric.score in each.scores and each.id in other
    ]
    if not differences:
        return None
    up = sum(difference > 0 for difference in differences)
    down = sum(difference < 0 for difference in differences)
    wins, losses = (down, up) if metric.better == "lower" else (up, down)
    mean = sum(differences) / len(differences)
    return Paired(metric, wins, losses, len(differences) - up - down, mean, sign_test(wins, losses))


def sign_test(wins: int, losses: int) -> float:
    """Two-sided exact sign test: the chance of a split at least as uneven if either run were as likely to win.

    Ties are left out (Conover, Practical Nonparametric Statistics, 3rd edition, section 3.4).
    """
    if wins + losses == 0:
        return 1.0
    return float(needed("scipy.stats").binomtest(wins, wins + losses, 0.5).pvalue)
