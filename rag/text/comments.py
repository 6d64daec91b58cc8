"""Where a paragraph is the embassy's comment: under a COMMENT heading, or from "Comment:" to "End comment"."""

import re

from rag.domain.span import Span

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


def is_comment(heading: str | None, text: str, span: Span) -> bool:
    """Whether these characters of a paragraph's text are the embassy's comment."""
    return any(comment.start <= span.start < comment.end for comment in _comment_spans(heading, text))


def is_all_comment(heading: str | None, text: str) -> bool:
    """Whether the whole paragraph is the embassy's comment."""
    return any(comment.start == 0 and comment.end >= len(text) for comment in _comment_spans(heading, text))


def _comment_spans(heading: str | None, text: str) -> list[Span]:
    spans = []
    if heading and _HEADING.search(heading):
        spans.append(Span(0, _end(text, 0, False)))
    openings = _OPENS.finditer(text)
    return spans + [Span(match.start(), _end(text, match.end(), match["bracket"] is not None)) for match in openings]


def _end(text: str, start: int, in_brackets: bool) -> int:
    """Where the comment that starts here ends: at "End comment", at its closing bracket, or with the paragraph."""
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
