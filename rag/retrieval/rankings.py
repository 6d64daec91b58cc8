"""Rankings put together, and the scores they show."""

from collections.abc import Sequence
from itertools import accumulate


def in_turns(rankings: Sequence[Sequence[str]]) -> list[str]:
    """The first of each ranking, then the second of each, and so on, every item once."""
    longest = max(map(len, rankings), default=0)
    return list(dict.fromkeys(ranking[n] for n in range(longest) for ranking in rankings if n < len(ranking)))


def descending(ranked: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    """The same order, no score above the one before: a copy, or the turn of another part, may follow a lower one."""
    return list(zip((key for key, _ in ranked), accumulate((score for _, score in ranked), min), strict=True))
