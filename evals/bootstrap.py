"""Percentile bootstrap intervals (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evals.metrics import Metric, ScoredQuestion, values

RESAMPLES = 2000
LEVEL = 0.95
_SEED = 20080828  # fixed, so that a run prints the same interval every time


@dataclass(frozen=True, slots=True)
class Interval:
    """The bounds of a figure at `LEVEL`."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric over some questions: its value, its interval, and the number of questions it applies to."""

    metric: Metric
    value: float
    interval: Interval
    questions: int

    def __str__(self) -> str:
        formatted = self.metric.formatted
        return f"{formatted(self.value)} [{formatted(self.interval.low)}, {formatted(self.interval.high)}]"


def figure(metric: Metric, scored: Sequence[ScoredQuestion]) -> Figure | None:
    """The metric over these questions, or None where it applies to none of them."""
    scores = values(scored, metric.score)
    return Figure(metric, metric.of(scores), interval(metric, scores), len(scores)) if scores else None


def interval(metric: Metric, scores: Sequence[float], resamples: int = RESAMPLES, level: float = LEVEL) -> Interval:
    """The middle `level` of the metric over resamples with replacement; `scores` must not be empty."""
    sample = np.asarray(scores, dtype=np.float64)
    drawn = np.random.default_rng(_SEED).integers(0, len(sample), size=(resamples, len(sample)))
    low, high = np.quantile(metric.statistic(sample[drawn], 1), [(1 - level) / 2, (1 + level) / 2])
    return Interval(float(low), float(high))


def clustered_interval(differences: NDArray[np.float64], clusters: Sequence[str]) -> Interval:
    """The middle `LEVEL` of the mean difference when whole clusters are drawn with replacement.

    Questions about one cable are right and wrong together, so they are drawn together (Field and Welsh,
    Bootstrapping clustered data, 2007: the cluster bootstrap). There must be at least one difference.
    """
    names, members = np.unique(np.asarray(clusters), return_inverse=True)
    sums, sizes = np.bincount(members, differences), np.bincount(members)
    drawn = np.random.default_rng(_SEED).integers(0, len(names), size=(RESAMPLES, len(names)))
    means = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    low, high = np.quantile(means, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(float(low), float(high))
