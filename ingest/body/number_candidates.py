"""Lines that may start a numbered paragraph, each with a weight for how likely that is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.body.line_patterns import SENTENCE_END, UNWRAPPED
from rag.domain.marking import read_marking

_MAX_NUMBER = 699  # the longest telegrams have some 200 paragraphs
_CLOSERS = frozenset(("---", "===", "***", "- -", "XXX"))  # the ends of rules and of redactions
_SHORT = 45  # characters; telegrams are wrapped at 55 to 80
_START = re.compile(
    r"""(?P<indent>[\s>*_]{0,60})
    (?P<sign>¶[\s¶]{0,3})?
    (?P<open>\()?(?P<number>\d{1,4})
    (?P<stop>(?(open)\)[.,]?|(?:[.,:;)]{1,2}|\s\.)?))
    (?P<space>\s{0,12})
    (?P<portion>\(\s{0,2}(?P<marking>[^()\n]{1,40}?)\s{0,2}\)|(?P<broken>[A-Z]{1,3}(?:/[A-Z]{1,6})?)\)(?=\s))?
    (?P<gap>[\s*_.:]{0,6})""",
    re.VERBOSE,
)
_FIRST = re.compile(r"[\s>*_]{0,60}[¶(\d]")
_LONGEST_TITLE = 90  # characters
_TITLE_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class NumberCandidate:
    """A line that may start paragraph `number`.

    `after_pilcrow` is the number without its first digit, where that 1 may be a miscopied pilcrow, else 0. `marking` is
    the portion marking as printed. `text_start` is the offset of the paragraph's text in the line. `weight` sums up the
    evidence of the line alone. `parenthesis` is true for `1)`, false for `1.`.
    """

    line: int
    number: int
    after_pilcrow: int
    marking: str | None
    text_start: int
    weight: float
    parenthesis: bool


@lru_cache(maxsize=4096)
def is_marking(text: str) -> bool:
    """Whether the text between parentheses is a portion marking; cached, because telegrams repeat a few."""
    return read_marking(text) is not None


def opens_paragraph(line: str) -> bool:
    """Whether the line alone looks like the start of a numbered paragraph."""
    match = _match(line)
    if match is None or len(match["number"]) > 3 or match["stop"] == ")":
        return False
    return bool(_marking(match) or match["sign"] or int(match["number"]) == 1)


def find_candidates(lines: Sequence[str], start: int = 0) -> list[NumberCandidate]:
    """All lines from `start` on that may start a numbered paragraph, in order."""
    candidates = []
    for index in range(start, len(lines)):
        line = lines[index]
        if _FIRST.match(line) and (match := _match(line)):
            candidate = _candidate(lines, start, index, match)
            if candidate is not None:
                candidates.append(candidate)
    return candidates


def _match(line: str) -> re.Match[str] | None:
    match = _START.match(line)
    if match is None:
        return None
    stop, marked = match["stop"], _marking(match)
    if not stop and not marked:
        return None
    if stop and stop[0] in ",:;" and not marked:
        return None  # `3,500`, or a wrapped date: `October\n10, ...`
    following = line[match.end("stop") : match.end("stop") + 1]
    if following.isdigit() or (match["stop"].endswith(")") and not match["space"] and not match["portion"]):
        return None
    return match


def _marking(match: re.Match[str]) -> str | None:
    text = match["marking"] or match["broken"]
    return text if text and is_marking(text) else None


def _candidate(lines: Sequence[str], start: int, index: int, match: re.Match[str]) -> NumberCandidate | None:
    digits = match["number"]
    rest = digits[1:] if digits[0] == "1" and not match["sign"] and not match["open"] else ""
    after_pilcrow = int(rest) if rest and rest[0] != "0" else 0
    number = int(digits) if len(digits) < 4 else 0
    if not 0 < number <= _MAX_NUMBER:
        number = 0
    if number == 0 and after_pilcrow == 0:
        return None
    marking = _marking(match)
    text_start = match.end("gap") if marking else match.end("space")
    return NumberCandidate(
        line=index,
        number=number,
        after_pilcrow=after_pilcrow,
        marking=marking,
        text_start=text_start,
        weight=_weight(lines, start, index, match, lines[index][text_start:], marking),
        parenthesis=match["stop"] == ")" and not match["open"],
    )


def _weight(
    lines: Sequence[str], start: int, index: int, match: re.Match[str], rest: str, marking: str | None
) -> float:
    weight = 4.0 if marking else 0.0
    weight += 0.5 if match["sign"] else 0.0
    weight += _before(lines, start, index)
    first = rest.lstrip()[:1]
    if not first and not marking:
        weight -= 3.0
    elif first.islower() and first != "x" and not marking:
        weight -= 2.0
    if len(match["indent"]) > 6:
        weight -= 0.5
    return weight


def _before(lines: Sequence[str], start: int, index: int) -> float:
    """The weight of the line before: 2 for a blank line, 1 for the end of a sentence, -5 within a sentence."""
    if index == start or not lines[index - 1].strip():
        above = index - 1
        while above > start and not lines[above].strip():
            above -= 1
        # A blank line that a page break left within a sentence counts less than one of the drafter.
        return 2.0 if index == start or above <= start or _ends(lines[above]) else 1.0
    previous = lines[index - 1].rstrip()
    if _ends(previous):
        return 1.0
    if len(previous) > UNWRAPPED:
        return 0.5  # a whole paragraph on one line, which does not go on below
    if (len(previous) < _SHORT and previous[-1:] != ",") or _is_title(lines, start, index - 1):
        return -1.5
    return -5.0


def _is_title(lines: Sequence[str], start: int, index: int) -> bool:
    """Whether a line looks like a section title directly above its first paragraph."""
    line, above = lines[index].strip(), lines[index - 1] if index > start else ""
    if len(line) > _LONGEST_TITLE or line[-1] in ",;(-" or (above.strip() and not _ends(above)):
        return False
    words: list[str] = [word for word in _TITLE_WORD.findall(line) if len(word) > 3]
    # In a telegram all in capitals a title looks like any line.
    in_capitals = line.isupper() and lines[index + 1].isupper()
    return len(words) > 1 and not in_capitals and not any(word[0].islower() for word in words)


def _ends(line: str) -> bool:
    tail = line.rstrip()[-4:]
    return SENTENCE_END.search(tail) is not None or tail.upper()[-3:] in _CLOSERS
