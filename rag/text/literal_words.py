"""The words of a text as a scan compares them: letters and digits, whatever their case and accents; nothing is left out.

Everything else stands between words: "al-Qa'ida" is al, qa, ida. Texts and queries are cut by the same rule.
"""

import re
from dataclasses import dataclass

from rag.domain.span import Span
from rag.text.name_sounds import letters_of

_WORD = re.compile("[^\\W_](?:[^\\W_]|[\u0300-\u036f])*")  # accents may be characters of their own


@dataclass(frozen=True, slots=True)
class LiteralWord:
    """A word in plain letters, and where it stands in its text."""

    letters: str
    span: Span


def literal_words(text: str) -> list[LiteralWord]:
    """All words of a text, in order."""
    return [
        LiteralWord(letters, Span(match.start(), match.end()))
        for match in _WORD.finditer(text)
        if (letters := "".join(letters_of(match[0]).split()))
    ]


def literal_text(text: str) -> str:
    """The words of a text in plain letters, with blanks between."""
    return " ".join(word.letters for word in literal_words(text))
