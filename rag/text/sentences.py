"""Sentences of a paragraph, as spans of its text."""

import re

from rag.domain.span import Span

_ABBREVIATIONS = frozenset(
    "a.m adm amb ambs approx apr asst aug brig c.f ca capt cdr cf ch cmdr co col corp cpl dec dept dr e.g eng etc feb "
    "fig fr ft gen gov hon i.e inc jan jr lt ltd m maj mar messrs min mme mr mrs ms mt no nos nov oct p.m p para paras "
    "pp pres prof rep res ret retd rev sec sen sep sept sgt sr st supt u.k u.n u.s vol vs wm".split()
)
_BEFORE_NUMBERS = frozenset(("no", "nos", "para", "paras", "fig", "art"))
_BREAK = re.compile(r"""[.?!]["'”’)\]8]{0,3}\s+(?=["'“‘(\[&]{0,2}[A-Z0-9¶-])|(?<=[.:;])\s+(?=--?\s+["A-Z])""")
_LABEL = re.compile(
    r"""\s*(?:[-(/]{1,3}\s*)?(?:(?:begin|end|start|action|executive)\s+)?
    (?:summary|comment|note|introduction|bio\ note|background|action\ request)
    (?:\s*(?:and|/|&)\s*(?:comment|action\ request|introduction|summary))?\s*(?:[.:)/]{1,3}|--?)\s*""",
    re.IGNORECASE | re.VERBOSE,
)
_BRACKETED_WORD = re.compile(r"\([\w.'’]+$")
_BULLET = re.compile(r"\s*--?\s+")


def sentence_spans(text: str) -> list[Span]:
    """The sentences of a paragraph in order, without leading labels ("Summary.") and bullet dashes."""
    spans: list[Span] = []
    start = 0
    for match in _BREAK.finditer(text):
        end = match.start() + len(match.group().rstrip())
        if text[match.start()] == "." and not _is_full_stop(text, start, match):
            continue
        spans.append(Span(start, end))
        start = match.end()
    spans.append(Span(start, len(text.rstrip())))
    return [span for raw in spans if (span := _without_label(text, raw)).end > span.start]


def is_open_quotation(text: str) -> bool:
    """Whether a quotation begins in the text that does not end there."""
    return text.count('"') % 2 == 1 or text.count("“") > text.count("”")


def opening(text: str, length: int) -> str:
    """The text if it has at most `length` characters, else its first words within them and an ellipsis."""
    return text if len(text) <= length else f"{text[:length].rsplit(' ', 1)[0]} …"


def _is_full_stop(text: str, start: int, dot: re.Match[str]) -> bool:
    """Whether this dot ends the sentence that starts at `start`."""
    behind = text[dot.start() + 1]
    if behind.isspace():
        return not _is_abbreviation(text, dot.start(), dot.end())
    if behind == ")":  # "Ambassador (ret.) Carney"; other words in brackets may be a sentence of their own
        opened = _BRACKETED_WORD.search(text, max(start, dot.start() - 20), dot.start())
        return opened is None or not _is_abbreviation(text, dot.start(), dot.end())
    if behind == "8":  # what a closing quotation mark became, where one was opened: &so he said.8
        return not text[dot.start() - 1 : dot.start()].isdigit() or "&" in text[start : dot.start()]
    return True


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
