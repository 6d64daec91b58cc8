"""Paired comparison of two runs over the same questions, with a bootstrap interval that is clustered by cable."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from evals.bootstrap import Interval, clustered_interval
from evals.metrics import Metric, ScoredQuestion

Verdict = Literal["better", "worse", "not shown"]

LEAST_CLUSTERS = 10
"""With fewer cables than this a bootstrap interval is too narrow to show anything."""
_DIGITS = 5  # stored runs are rounded: what is equal but for that is equal


@dataclass(frozen=True, slots=True)
class PairedComparison:
    """One metric of two runs over the questions that have it in both.

    `first` and `second` are the two means, `difference` is first minus second with its interval, and `clusters` says
    of how many cables the questions are.
    """

    metric: Metric
    wins: int
    losses: int
    ties: int
    first: float
    second: float
    difference: float
    interval: Interval
    clusters: int

    @property
    def told(self) -> str:
        """The difference with its interval."""
        return f"{self.difference:+.3f} [{self.interval.low:+.3f}, {self.interval.high:+.3f}]"

    @property
    def verdict(self) -> Verdict:
        """What the interval shows of the first run; nothing where it holds 0 or is of too few cables."""
        low, high = self.interval.low, self.interval.high
        if self.clusters < LEAST_CLUSTERS or self.metric.better == "neither" or low <= 0 <= high:
            return "not shown"
        return "better" if (low > 0) == (self.metric.better == "higher") else "worse"


def compare(
    metric: Metric, first: Sequence[ScoredQuestion], second: Sequence[ScoredQuestion]
) -> PairedComparison | None:
    """Compare the means of the questions that have this score in both runs; None if there are none.

    The clusters are those of the first run; a question without one is a cluster of its own.
    """
    scores = {question.id: question.scores[metric.score] for question in second if metric.score in question.scores}
    paired = [question for question in first if metric.score in question.scores and question.id in scores]
    if not paired:
        return None
    values = np.array([(question.scores[metric.score], scores[question.id]) for question in paired])
    differences = (values[:, 0] - values[:, 1]).round(_DIGITS)
    up, down = int((differences > 0).sum()), int((differences < 0).sum())
    wins, losses = (down, up) if metric.better == "lower" else (up, down)
    clusters = [question.cluster or question.id for question in paired]
    return PairedComparison(
        metric,
        wins,
        losses,
        len(paired) - up - down,
        float(values[:, 0].mean()),
        float(values[:, 1].mean()),
        float(differences.mean()),
        clustered_interval(differences, clusters),
        len(set(clusters)),
    )
