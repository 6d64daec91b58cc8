"""Which paragraphs a chunk of text contains."""

import re
from collections.abc import Iterable

from rag.domain.cable import Paragraph

_GRAM = 5
_HALF = 0.5
_WORD = re.compile(r"\w+")

Grams = frozenset[tuple[str, ...]]


def contained_paragraphs(chunk: str, paragraphs: Iterable[tuple[str, Grams]]) -> tuple[str, ...]:
    """Keys of the paragraphs of which the chunk contains at least half, by word 5-grams.

    `paragraphs` are those of the chunk's cable, as (key, `grams` of its text).
    """
    # A paragraph under five words is one gram of its own length, so the chunk needs grams of that length too.
    by_length: dict[int, Grams] = {}
    contained: list[str] = []
    for key, paragraph in paragraphs:
        if not paragraph:
            continue
        length = len(next(iter(paragraph)))
        if length not in by_length:
            by_length[length] = _grams(_words(chunk), length)
        if len(paragraph & by_length[length]) >= _HALF * len(paragraph):
            contained.append(key)
    return tuple(contained)


def grams_by_paragraph(paragraphs: Iterable[Paragraph]) -> list[tuple[str, Grams]]:
    """Each paragraph's key and word 5-grams."""
    return [(str(paragraph.key), grams(paragraph.text)) for paragraph in paragraphs]


def grams(text: str) -> Grams:
    """The word 5-grams of a text, case and punctuation ignored; a shorter text is one gram, an empty text none."""
    words = _words(text)
    return _grams(words, min(_GRAM, len(words))) if words else frozenset()


def _grams(words: list[str], length: int) -> Grams:
    return frozenset(tuple(words[start : start + length]) for start in range(len(words) - length + 1))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
