"""The words of a text as a scan compares them: letters and digits, whatever their case and accents.

No word is left out. Everything else stands between words: "al-Qa'ida" is al, qa, ida. Texts and queries are cut by the
same rule.
"""

import re
from typing import NamedTuple

from rag.text.name_sounds import letters_of

_WORD = re.compile("[^\\W_]+(?:[\u0300-\u036f]+[^\\W_]*)*")  # accents may be characters of their own


class LiteralWord(NamedTuple):
    """A word in plain letters, and where it stands in its text: characters [start, end). A tuple, as there are many."""

    letters: str
    start: int
    end: int


def literal_words(text: str) -> list[LiteralWord]:
    """All words of a text, in order."""
    return [LiteralWord(letters, *match.span()) for match in _WORD.finditer(text) if (letters := _letters(match[0]))]


def literal_text(text: str) -> str:
    """The words of a text in plain letters, with blanks between."""
    return " ".join(filter(None, map(_letters, _WORD.findall(text))))


def _letters(word: str) -> str:
    return word.lower() if word.isascii() else "".join(letters_of(word).split())
