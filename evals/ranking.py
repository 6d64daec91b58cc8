"""Scores of a ranking against the required evidence."""

from collections.abc import Sequence

from evals.extras import import_extra
from evals.golden import Alternatives

Ranking = Sequence[Sequence[str]]
"""Places, best first, each with its keys: one for a paragraph, any number for a baseline's chunk."""

RECALL_DEPTHS = (1, 5, 10, 20)


def places(keys: Sequence[str]) -> Ranking:
    """A ranking of single paragraphs."""
    return [(key,) for key in keys]


def ranking_scores(ranking: Ranking, gold: Alternatives) -> dict[str, float]:
    """All scores of a ranking by name; `gold` must not be empty."""
    scores = {f"recall@{depth}": recall(ranking, gold, depth) for depth in RECALL_DEPTHS}
    return scores | {
        "missed@5": float(missed(ranking, gold, 5)),
        "mrr": reciprocal_rank(ranking, gold),
        "ndcg@10": ndcg_at_10(ranking, gold),
    }


def recall(ranking: Ranking, gold: Alternatives, depth: int) -> float:
    """Share of the required pieces of evidence with any alternative in the first `depth` places."""
    return 1.0 - missed(ranking, gold, depth) / len(gold)


def missed(ranking: Ranking, gold: Alternatives, depth: int) -> int:
    """How many required pieces of evidence have no alternative in the first `depth` places."""
    retrieved = {key for place in ranking[:depth] for key in place}
    return sum(retrieved.isdisjoint(alternatives) for alternatives in gold)


def reciprocal_rank(ranking: Ranking, gold: Alternatives) -> float:
    """1 / rank, from 1, of the first place with any alternative of any piece; 0 if there is none."""
    first = first_rank(ranking, tuple(key for alternatives in gold for key in alternatives))
    return 0.0 if first is None else 1.0 / first


def first_rank(ranking: Ranking, alternatives: Sequence[str]) -> int | None:
    """The rank, from 1, of the first place with any of these keys, or None."""
    keys = frozenset(alternatives)
    return next((rank for rank, place in enumerate(ranking, 1) if not keys.isdisjoint(place)), None)


def ndcg_at_10(ranking: Ranking, gold: Alternatives) -> float:
    """nDCG@10 by ir-measures (trec_eval's formula) on the flattened set: every alternative has relevance 1.

    Alternatives that say the same each count, so a perfect ranking has them all.

    Raises:
        BadInput: the package ir-measures is missing.
    """
    measures = import_extra("ir_measures")
    keys = list(dict.fromkeys(key for place in ranking for key in place))
    if not keys:
        return 0.0
    relevant = [measures.Qrel("q", key, 1) for key in {key for alternatives in gold for key in alternatives}]
    # trec_eval breaks ties by name, so every key gets a different score.
    run = [measures.ScoredDoc("q", key, float(len(keys) - rank)) for rank, key in enumerate(keys)]
    return float(measures.calc_aggregate([measures.nDCG @ 10], relevant, run)[measures.nDCG @ 10])
