"""Sentences of a paragraph, as spans of its text."""

import re

from rag.domain.span import Span

_ABBREVIATIONS = frozenset(
    "a.m adm amb approx apr asst aug brig c.f ca capt cdr cf cmdr co col corp cpl dec dept dr e.g etc feb fig fr "
    "ft gen gov hon i.e inc jan jr lt ltd m maj mar messrs min mr mrs ms mt no nos nov oct p.m p para paras pp "
    "pres prof rep res ret rev sec sen sep sept sgt sr st supt u.k u.n u.s vol vs".split()
)
_BEFORE_NUMBERS = frozenset(("no", "nos", "para", "paras", "fig", "art"))
_BREAK = re.compile(r"""[.?!]["'”’)\]8]{0,3}\s+(?=["'“‘(\[&]{0,2}[A-Z0-9¶-])|(?<=[.:;])\s+(?=--?\s+["A-Z])""")
_LABEL = re.compile(
    r"""\s*(?:[-(/]{1,3}\s*)?(?:(?:begin|end|start|action|executive)\s+)?
    (?:summary|comment|note|introduction|bio\ note|background|action\ request)
    (?:\s*(?:and|/|&)\s*(?:comment|action\ request|introduction|summary))?\s*(?:[.:)/]{1,3}|--?)\s*""",
    re.IGNORECASE | re.VERBOSE,
)
_BULLET = re.compile(r"\s*--?\s+")


def sentence_spans(text: str) -> list[Span]:
    """The sentences of a paragraph in order, without leading labels ("Summary.") and bullet dashes."""
    spans: list[Span] = []
    start = 0
    for match in _BREAK.finditer(text):
        end = match.start() + len(match.group().rstrip())
        if match.group().startswith((". ", ".\n")) and _is_abbreviation(text, match.start(), match.end()):
            continue
        spans.append(Span(start, end))
        start = match.end()
    spans.append(Span(start, len(text.rstrip())))
    return [span for raw in spans if (span := _without_label(text, raw)).end > span.start]


def opening(text: str, length: int) -> str:
    """The text if it has at most `length` characters, else its first words within them and an ellipsis."""
    return text if len(text) <= length else f"{text[:length].rsplit(' ', 1)[0]} …"


def _is_abbreviation(text: str, dot: int, following: int) -> bool:
    word = re.search(r"[\w.'’]+$", text[max(0, dot - 20) : dot])
    if word is None:
        return False
    last = word.group().lower()
    if last in _BEFORE_NUMBERS:
        return text[following : following + 1].isdigit()
    # A single letter is an initial ("James P. Zumwalt"), except the pronoun I.
    return (
        last in _ABBREVIATIONS
        or (len(last) == 1 and last.isalpha() and last != "i")
        or bool(re.fullmatch(r"(\w\.)+\w", last))
    )


def _without_label(text: str, span: Span) -> Span:
    start = span.start
    for pattern in (_BULLET, _LABEL, _LABEL):
        if match := pattern.match(text, start, span.end):
            start = match.end()
    return Span(start, span.end)
