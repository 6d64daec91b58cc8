"""Distance between spellings, for typing errors in post names, titles and tags."""

from collections.abc import Iterable


def within(typed: str, known: str, limit: int) -> bool:
    """Whether at most `limit` insertions, deletions, substitutions or swaps of neighbours separate the words.

    Optimal string alignment (Damerau 1964), row by row; words are short, so no band is kept.
    """
    if abs(len(typed) - len(known)) > limit:
        return False
    # One error changes the set of letters by two at most: this spares most words the table below.
    if len(set(typed).symmetric_difference(known)) > 2 * limit:
        return False
    before: list[int] = []
    row = list(range(len(known) + 1))
    for i, letter in enumerate(typed, start=1):
        before, last, row = row, before, [i]
        for j, other in enumerate(known, start=1):
            cost = min(row[j - 1] + 1, before[j] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == known[j - 2] and typed[i - 2] == other:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return False
    return row[-1] <= limit


def nearest(typed: str, known: Iterable[str], limit: int) -> str | None:
    """The only known word within the limit, at the smallest distance; None where two are equally near."""
    words = [word for word in known if within(typed, word, limit)]
    for distance in range(1, limit + 1):
        close = [word for word in words if within(typed, word, distance)]
        if close:
            return close[0] if len(close) == 1 else None
    return None
