"""Where a paragraph gives the embassy's own view: under a COMMENT heading, or between "Comment:" and "End comment"."""

import re

from rag.passage import Passage
from rag.sentences import Span

_HEADING = re.compile(
    r"(?:^|/ )\W*(?:begin )?(?:(?:embassy|post|mission|consulate|ambassador)(?:'s|’s)? )?"
    r"comments?\b(?! (?:on|by|of)\b)",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"(?:^|(?<=[.?!)\"”] ))(?P<bracket>[(\[])?\W{0,3}(?:begin |more |embassy |post )?"
    r"comment(?:s|, continued)?\s?[:.]\)?\s",
    re.IGNORECASE,
)
_CLOSES = re.compile(r"\(?\bend (?:of )?comment", re.IGNORECASE)


def is_comment(passage: Passage, span: Span) -> bool:
    """Whether these characters of the paragraph are the embassy's comment."""
    return any(start <= span.start < end for start, end in _stretches(passage))


def is_all_comment(passage: Passage) -> bool:
    """Whether the whole paragraph is."""
    return any(start == 0 and end >= len(passage.text) for start, end in _stretches(passage))


def _stretches(passage: Passage) -> list[tuple[int, int]]:
    text = passage.text
    found = []
    if passage.heading and _HEADING.search(passage.heading):
        found.append((0, _end(text, 0, False)))
    opened = _OPENS.finditer(text)
    return found + [(each.start(), _end(text, each.end(), each["bracket"] is not None)) for each in opened]


def _end(text: str, start: int, in_brackets: bool) -> int:
    """Where the comment that starts here is over: at its "End comment", at its bracket, with the paragraph."""
    if closing := _CLOSES.search(text, start):
        rest = text[closing.end() :].strip(' .)/"]')
        return closing.start() if rest else len(text)
    if in_brackets and (bracket := _closing_bracket(text, start)) is not None:
        return bracket
    return len(text)


def _closing_bracket(text: str, start: int) -> int | None:
    depth = 1
    for at in range(start, len(text)):
        depth += (text[at] in "([") - (text[at] in ")]")
        if depth == 0:
            return at
    return None
