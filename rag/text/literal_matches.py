"""Where a text holds what a scan looks for."""

from collections.abc import Iterator, Sequence

from rag.domain.scan_query import ScanTerm
from rag.domain.span import Span
from rag.text.literal_words import LiteralWord


def matches(term: ScanTerm, words: Sequence[LiteralWord]) -> list[Span]:
    """The spans of a term in a text given as its words, in order: whole phrases, or each of the words near another."""
    if term.near is not None:
        found = {position for window in _near(term.words, words, term.near) for position in window}
        return [Span(words[position].start, words[position].end) for position in sorted(found)]
    first, *others = term.words
    starts = [place for place in range(len(words) - len(others)) if covers(first, words[place].letters)]
    return [
        Span(words[place].start, words[place + len(others)].end)
        for place in starts
        if all(covers(each, words[place + offset].letters) for offset, each in enumerate(others, 1))
    ]


def stand_near(wanted: Sequence[str], words: Sequence[LiteralWord], others: int) -> bool:
    """Whether all of the wanted words stand in a text, each in a place of its own, with at most `others` among them."""
    return next(_near(wanted, words, others), None) is not None


def covers(wanted: str, other: str) -> bool:
    """Whether a wanted word, perhaps with a `*`, stands for every word that the other one stands for."""
    return other.startswith(wanted[:-1]) if wanted.endswith("*") else wanted == other


def _near(wanted: Sequence[str], words: Sequence[LiteralWord], others: int) -> Iterator[list[int]]:
    # The narrowest first: where two stand for one word of the text, the other finds another for itself.
    by_width = sorted(wanted, key=lambda each: (each.endswith("*"), -len(each)))
    held = [place for place, word in enumerate(words) if any(covers(each, word.letters) for each in wanted)]
    size = len(wanted) + others
    for number, first in enumerate(held):
        within = [place for place in held[number:] if place < first + size]
        taken: list[int] = []
        for each in by_width:
            free = (place for place in within if place not in taken and covers(each, words[place].letters))
            if (place := next(free, None)) is None:
                break
            taken.append(place)
        else:
            yield taken
