"""Which paragraphs a chunk of text holds."""

import re
from collections.abc import Iterable

from rag.cable import Paragraph

_GRAM = 5
_HALF = 0.5
_WORD = re.compile(r"\w+")

Grams = frozenset[tuple[str, ...]]


def held_paragraphs(chunk: str, paragraphs: Iterable[tuple[str, Grams]]) -> tuple[str, ...]:
    """Keys of the paragraphs of which the chunk holds at least half, by word 5-grams.

    `paragraphs` are those of the chunk's own cable, as (key, `grams` of the text).
    """
    # A paragraph under five words is one gram of its own length, so the chunk is cut to those lengths as well.
    lengths: dict[int, Grams] = {}
    held: list[str] = []
    for key, wanted in paragraphs:
        if not wanted:
            continue
        length = len(next(iter(wanted)))
        if length not in lengths:
            lengths[length] = _grams(_words(chunk), length)
        if len(wanted & lengths[length]) >= _HALF * len(wanted):
            held.append(key)
    return tuple(held)


def paragraph_grams(paragraphs: Iterable[Paragraph]) -> list[tuple[str, Grams]]:
    """Each paragraph's key and word 5-grams."""
    return [(str(each.key), grams(each.text)) for each in paragraphs]


def grams(text: str) -> Grams:
    """The word 5-grams of a text, case and punctuation ignored; a shorter text is one gram, an empty one none."""
    words = _words(text)
    return _grams(words, min(_GRAM, len(words))) if words else frozenset()


def _grams(words: list[str], length: int) -> Grams:
    return frozenset(tuple(words[start : start + length]) for start in range(len(words) - length + 1))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
