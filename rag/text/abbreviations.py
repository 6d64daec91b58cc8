"""Abbreviations that a text explains: "the Ministry of Foreign Affairs (MOFA)"."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_EXPLAINED = re.compile(r"\((?P<short>[^\W\d_][\w&/-]{1,9})\)")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_LINKS = frozenset("a al and de del der des di do el et for in la le of on the to und y".split())
"""Words between the initials: an abbreviation may take their first letter or leave it out."""
_LOOK_BACK = 160  # characters


class Abbreviation(NamedTuple):
    """A name in short and in full, as the text has them."""

    short: str
    full: str


def abbreviations_in(text: str) -> Iterator[Abbreviation]:
    """The abbreviations in brackets behind the words whose initials they are."""
    for match in _EXPLAINED.finditer(text):
        short = match["short"]
        if sum(letter.isupper() for letter in short) < 2:
            continue
        head = text[max(0, match.start() - _LOOK_BACK) : match.start()].rstrip().rstrip("\"'”’")
        start = _start(head, [letter.lower() for letter in short if letter.isalpha()])
        if start is not None:
            yield Abbreviation(short, " ".join(head[start:].split()))


def is_abbreviation(word: str) -> bool:
    """Whether a word looks like one: short, with two capitals or more."""
    return 2 <= len(word) <= 10 and sum(letter.isupper() for letter in word) >= 2


def _start(head: str, initials: list[str]) -> int | None:
    """Where the words start, back from the end, that have these initials one by one; None where they have not."""
    for match in reversed(list(_WORD.finditer(head))):
        word = match[0].lower()
        if word[0] == initials[-1]:
            initials = initials[:-1]
            if not initials:
                return match.start() if match[0][0].isupper() else None
        elif word not in _LINKS:
            return None
    return None
