"""Distance between spellings, for typing errors in post names, titles and tags.

The distance is optimal string alignment (Damerau 1964): insertions, deletions, substitutions, swaps of neighbours.
"""

from collections.abc import Iterable

from rapidfuzz.distance import OSA


def within(typed: str, known: str, limit: int) -> bool:
    """Whether the distance of the words is at most `limit`."""
    return OSA.distance(typed, known, score_cutoff=limit) <= limit


def nearest(typed: str, known: Iterable[str], limit: int) -> str | None:
    """The known word at the smallest distance of at most `limit`; None where there is none, or two are equally near."""
    distances = {word: OSA.distance(typed, word, score_cutoff=limit) for word in known}
    smallest = min(distances.values(), default=limit + 1)
    words = [word for word, distance in distances.items() if distance == smallest <= limit]
    return words[0] if len(words) == 1 else None
