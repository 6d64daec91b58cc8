"""Fusing rankings by reciprocal ranks."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

_K = TypeVar("_K", bound=Hashable)

SMOOTHING = 60  # the constant of Cormack, Clarke and Buettcher, SIGIR 2009


def reciprocal_rank_fusion(
    rankings: Iterable[tuple[float, Sequence[_K]]], smoothing: int = SMOOTHING
) -> Mapping[_K, float]:
    """Sum over weighted rankings of weight / (smoothing + rank), ranks from 1; best first."""
    scores: dict[_K, float] = defaultdict(float)
    for weight, ranking in rankings:
        for rank, key in enumerate(ranking, 1):
            scores[key] += weight / (smoothing + rank)
    return dict(sorted(scores.items(), key=lambda item: -item[1]))


def in_turns(rankings: Sequence[Sequence[_K]]) -> list[_K]:
    """The first of each ranking, then the second of each, and so on, every item once."""
    longest = max(map(len, rankings), default=0)
    return list(dict.fromkeys(ranking[n] for n in range(longest) for ranking in rankings if n < len(ranking)))
