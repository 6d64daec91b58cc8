"""Cutting a paragraph's text into sentences, as spans of that text."""

import re
from dataclasses import dataclass

_ABBREVIATIONS = frozenset(
    [
        "a.m",
        "adm",
        "amb",
        "approx",
        "apr",
        "asst",
        "aug",
        "brig",
        "c.f",
        "ca",
        "capt",
        "cdr",
        "cf",
        "cmdr",
        "co",
        "col",
        "corp",
        "cpl",
        "dec",
        "dept",
        "dr",
        "e.g",
        "etc",
        "feb",
        "fig",
        "fr",
        "ft",
        "gen",
        "gov",
        "hon",
        "i.e",
        "inc",
        "jan",
        "jr",
        "lt",
        "ltd",
        "m",
        "maj",
        "mar",
        "messrs",
        "min",
        "mr",
        "mrs",
        "ms",
        "mt",
        "no",
        "nos",
        "nov",
        "oct",
        "p.m",
        "p",
        "para",
        "paras",
        "pp",
        "pres",
        "prof",
        "rep",
        "res",
        "ret",
        "rev",
        "sec",
        "sen",
        "sep",
        "sept",
        "sgt",
        "sr",
        "st",
        "supt",
        "u.k",
        "u.n",
        "u.s",
        "vol",
        "vs",
    ]
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


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters [start, end) of a paragraph's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters themselves."""
        return text[self.start : self.end]


def sentence_spans(text: str) -> list[Span]:
    """The sentences of a paragraph in order, without labels such as "Summary." and bullet dashes in front."""
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


def _is_abbreviation(text: str, dot: int, following: int) -> bool:
    word = re.search(r"[\w.'’]+$", text[max(0, dot - 20) : dot])
    if word is None:
        return False
    last = word.group().lower()
    if last in _BEFORE_NUMBERS:
        return text[following : following + 1].isdigit()
    # A single letter is an initial ("James P. Zumwalt"), unless it is the pronoun.
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
