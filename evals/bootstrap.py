"""Percentile bootstrap intervals (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evals.metrics import Metric, Scored, values

RESAMPLES = 2000
LEVEL = 0.95
_SEED = 20080828  # any fixed number: the same run must print the same interval


@dataclass(frozen=True, slots=True)
class Interval:
    """The bounds a figure lies between, at `LEVEL`."""

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
        printed = self.metric.printed
        return f"{printed(self.value)} [{printed(self.interval.low)}, {printed(self.interval.high)}]"


def figure(metric: Metric, scored: Sequence[Scored]) -> Figure | None:
    """The metric over these questions, or None where it applies to none of them."""
    held = values(scored, metric.score)
    return Figure(metric, metric.of(held), interval(metric, held), len(held)) if held else None


def interval(metric: Metric, held: Sequence[float], resamples: int = RESAMPLES, level: float = LEVEL) -> Interval:
    """The middle `level` of the metric over questions drawn anew with replacement; `held` must not be empty."""
    sample = np.asarray(held, dtype=np.float64)
    drawn = np.random.default_rng(_SEED).integers(0, len(sample), size=(resamples, len(sample)))
    low, high = np.quantile(metric.statistic(sample[drawn], 1), [(1 - level) / 2, (1 + level) / 2])
    return Interval(float(low), float(high))
