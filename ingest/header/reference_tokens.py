"""The words, numbers and separators of a REF value.

Removed are comments in parentheses and quotation marks, dates (`2/22/08`), date-time groups, and report numbers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from rag.domain.known_posts import known_post


class Kind(Enum):
    """The kind of a token. BREAK ends an entry; COMMA may also continue a list of serials; YEAR is in parentheses."""

    WORD = auto()
    NUMBER = auto()
    YEAR = auto()
    COMMA = auto()
    BREAK = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number as printed, or a separator."""

    kind: Kind
    text: str


BREAK = Token(Kind.BREAK, "")

_PARENTHESIS = re.compile(r"\(([^()]{0,300})\)")
_LABEL = re.compile(r"\s{0,4}(?:[A-Za-z]{1,2}|\d)\s{0,4}")
_YEAR = re.compile(r"\s{0,4}((?:19|20)?\d\d)\s{0,4}")
_ITEM = re.compile(r"\s{0,4}(?:(?:19|20)?\d\d\s)?[A-Z][A-Z ]{2,24}\s\d{1,6}\s{0,4}")
_QUOTED = re.compile(r"[\"“][^\"“”]{0,200}[\"”]")
_ABBREVIATED = re.compile(r"(?i)\b(ST)\.\s?(?=P)|(?<=MEXICO )D\.\s?F\.?")
_DASHED_SERIAL = re.compile(
    r"(?<=[A-Z]{3})(?: -|-(?=0))(?=\d{4,6}\b(?!-))"
)  # `STATE -097844`, as the National Archives write it
_APOSTROPHE = re.compile(r"(?<=\w)['’`](?=\w)")
_YEAR_APOSTROPHE = re.compile(r"(?<!\w)['’](?=\d\d\b)")
_DASHED = re.compile(r"(?:((?:19|20)?\d\d)[-/])?([A-Z]{4,20})(?:[-/](\d{1,7}))?")
_GLUED = re.compile(r"(?:((?:19|20)?\d\d)(?=[A-Z]{2})|(?=[A-Z]{3}))([A-Z]{2,20})(\d{0,7})")
_TOKEN = re.compile(
    r"(?P<junk>(?!\d{3,6}/(?:\d{3,6}(?![/\d-])|[A-Z]{4})|(?:19|20)?\d\d/[A-Z]{4})\d{1,8}/[A-Za-z0-9/-]{1,20}"
    r"|\d{1,2}-\d{1,2}[A-Za-z0-9/-]{0,20}|[A-Za-z]\d{6}[A-Za-z]|\d{6}[A-Za-z]\b|\d{8,40}"
    r"|IIR(?:\s{1,2}\d{1,4}){1,5}(?!\w))"
    r"|\((?P<year>(?:19|20)?\d\d)\)"
    r"|(?P<number>(?!(?:19|20)?\d\d[-/][A-Z]{4})\d{1,7}(?![A-Za-z\d])|\d{3,7}(?=[A-Za-z][.):]))"
    r"|(?P<word>[A-Za-z0-9]{1,40}(?:[-/&][A-Za-z0-9]{1,30}){0,4})"
    r"|(?P<comma>[,&;/])"
    r"|(?P<break>[^\sA-Za-z0-9])"
)


def tokens(value: str) -> Iterator[Token]:
    """The tokens of a value; line breaks do not separate, because entries are wrapped."""
    value = _DASHED_SERIAL.sub(" ", _QUOTED.sub(" . ", value))
    value = _PARENTHESIS.sub(_parenthesis, value)
    value = _YEAR_APOSTROPHE.sub("", _APOSTROPHE.sub("", _ABBREVIATED.sub(_abbreviated, value)))
    for match in _TOKEN.finditer(value):
        if match["year"]:
            yield Token(Kind.YEAR, match["year"])
        elif match["number"]:
            yield Token(Kind.NUMBER, match["number"])
        elif match["word"]:
            yield from _word(match["word"])
        elif match["comma"]:
            yield Token(Kind.COMMA, match["comma"])
        else:
            yield BREAK


def _abbreviated(match: re.Match[str]) -> str:
    """`ST. PETERSBURG` -> `ST PETERSBURG`, `MEXICO D.F.` -> `MEXICO DF`: these full stops do not end an entry."""
    return "ST " if match[1] else "DF"


def _parenthesis(match: re.Match[str]) -> str:
    """`(A)` is a label, `(99)` a year, `(08 STATE 123)` a reference; other parentheses are comments."""
    inside = match[1]
    if _LABEL.fullmatch(inside):
        return " . "
    if year := _YEAR.fullmatch(inside):
        return f" ({year[1]}) "
    if _ITEM.fullmatch(inside):
        return f" {inside} "
    return " . "


def _word(word: str) -> Iterator[Token]:
    """The parts of `09CAIRO0561`, `07-TOKYO-45`, `0TTAWA`, `O4`, `PORT-AU-PRINCE`; other compounds end the entry."""
    upper = word.upper()
    if upper[0] == "O" and upper[1:].isdigit():
        yield Token(Kind.NUMBER, upper.replace("O", "0"))
    elif word.isalpha():
        yield Token(Kind.WORD, word)
    elif (glued := _GLUED.fullmatch(upper)) or ((glued := _DASHED.fullmatch(upper)) and known_post(glued[2])):
        if glued[1]:
            yield Token(Kind.NUMBER, glued[1])
        yield Token(Kind.WORD, glued[2])
        if glued[3]:
            yield Token(Kind.NUMBER, glued[3])
    elif upper.isalnum() and upper.replace("0", "O").isalpha():
        yield Token(Kind.WORD, upper.replace("0", "O"))
    elif upper.replace("-", "").isalpha():
        yield from (Token(Kind.WORD, part) for part in word.split("-"))
    else:
        yield BREAK
