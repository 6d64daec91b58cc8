"""The metrics: their names, which way is better, and how they are computed over questions."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from evals.answer_scores import Row, answer_scores
from evals.golden import GoldenQuestion, Half
from evals.ranking import RECALL_DEPTHS, Ranking, places, ranking_scores

Floats = NDArray[np.float64]
Better = Literal["higher", "lower", "neither"]


def _percentile(share: float) -> Callable[[Floats, int], Floats]:
    def percentile(values: Floats, axis: int) -> Floats:
        return np.asarray(np.percentile(values, share, axis=axis))

    return percentile


def _mean(values: Floats, axis: int) -> Floats:
    return np.asarray(values.mean(axis=axis))


def _sum(values: Floats, axis: int) -> Floats:
    return np.asarray(values.sum(axis=axis))


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure of a set: `statistic` over the per-question score named `score`.

    `digits` after the point when printed; `title` names the unit where there is one.
    """

    name: str
    title: str
    score: str
    better: Better = "higher"
    statistic: Callable[[Floats, int], Floats] = field(default=_mean, repr=False)
    digits: int = 3

    def of(self, values: Sequence[float]) -> float:
        """The figure; `values` must not be empty."""
        return float(self.statistic(np.asarray(values, dtype=np.float64), 0))

    def formatted(self, value: float) -> str:
        """A value of this metric, formatted for a table."""
        return f"{value:.{self.digits}f}"


def _metric(name: str, title: str, **rest: Any) -> Metric:
    return Metric(name, title, name, **rest)


RANKING = (
    *(_metric(f"recall@{depth}", f"recall@{depth}") for depth in RECALL_DEPTHS),
    _metric("mrr", "MRR"),
    _metric("ndcg@10", "nDCG@10"),
    _metric("missed@5", "pieces missed in top 5", better="lower", statistic=_sum, digits=0),
)
"""Metrics of a ranking alone, which baselines have too. Abstaining does not change them."""

ANSWERING = (
    _metric("citation_precision", "citation precision"),
    _metric("citation_recall", "citation recall"),
    _metric("fact_recall", "fact recall"),
    _metric("fact_recall_per_60", "fact recall per 60 words"),
    Metric("answer_words", "answer, median words", "answer_words", "neither", _percentile(50), 0),
    _metric("abstention", "abstention"),
    _metric("false_abstention", "false abstention", better="lower"),
    _metric("quote_fidelity", "quote fidelity"),
)
LATENCY = (
    Metric("latency_p50", "latency p50, ms", "latency_ms", "lower", _percentile(50), 0),
    Metric("latency_p95", "latency p95, ms", "latency_ms", "lower", _percentile(95), 0),
    Metric("retrieval_p50", "retrieval alone p50, ms", "retrieval_ms", "lower", _percentile(50), 0),
    Metric("retrieval_p95", "retrieval alone p95, ms", "retrieval_ms", "lower", _percentile(95), 0),
    Metric("reranking_p50", "reranker alone p50, ms", "reranking_ms", "lower", _percentile(50), 0),
    Metric("reranking_p95", "reranker alone p95, ms", "reranking_ms", "lower", _percentile(95), 0),
)
METRICS = {metric.name: metric for metric in (*RANKING, *ANSWERING, *LATENCY)}


@dataclass(frozen=True, slots=True)
class ScoredQuestion:
    """The scores of one question by name; a score that does not apply to it is absent.

    `digest` and `cluster` are those of the golden question, empty where they are not known.
    """

    id: str
    type: str
    half: Half
    scores: Mapping[str, float]
    digest: str = ""
    cluster: str = ""


def score_row(row: Row, question: GoldenQuestion, texts: Mapping[str, str]) -> ScoredQuestion:
    """Score one result row; `texts` holds the text of every cited paragraph the archive has."""
    scores = answer_scores(row, question, texts)
    if question.answerable:
        scores |= ranking_scores(places(row["retrieved"]), question.gold)
    return _scored(question, scores)


def score_ranking(ranking: Ranking, question: GoldenQuestion) -> ScoredQuestion:
    """Score a baseline's ranking, by the ranking metrics alone."""
    scores = ranking_scores(ranking, question.gold) if question.answerable else {}
    return _scored(question, scores)


def _scored(question: GoldenQuestion, scores: Mapping[str, float]) -> ScoredQuestion:
    return ScoredQuestion(question.id, question.type, question.half, scores, question.digest, question.cluster)


def values(scored: Iterable[ScoredQuestion], score: str) -> list[float]:
    """The values of one score, for the questions it applies to."""
    return [question.scores[score] for question in scored if score in question.scores]
