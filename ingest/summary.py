"""The summary paragraphs: from `SUMMARY:` to `END SUMMARY.`

`1. (C) SUMMARY AND COMMENT: ... END SUMMARY AND COMMENT.`, or a heading `SUMMARY` over numbered paragraphs. Where only
the end is marked, the summary begins with paragraph 1; where only the start is, it is that paragraph or, below a
heading, everything up to the next heading.
"""

import re

from ingest.header_text import cleaned, without_page_lines
from rag.marking import read_marking

_SEARCHED = 24_000  # characters
_LONGEST = 12_000  # characters

_ALSO = r"(?:[ \t]{0,2}(?:AND|&|/|,)[ \t\n]{0,2}[A-Z]{3,20}(?:[ \t\n]{1,2}(?:OF[ \t])?[A-Z]{3,20}){0,2})?"
_SUMMARY = "(?:SUM{1,3}[AE]?R{1,2}Y|SUMMAA?R?Y|SUMAMRY|S U M M A R Y)"
_NAME = rf"(?:EXECUTIVE[ \t])?(?:INTRODUCTION[ \t](?:AND|&)[ \t])?{_SUMMARY}{_ALSO}"
_NAMES = ("sum", "s u m m a r y")  # one of them stands in every text with a summary
_NUMBER = r"¶?[ \t]?\d{1,2}[ \t]?[.)][ \t]{0,4}"
_MARKED = r"(?:\([A-Za-z/ ,]{1,24}\)[ \t]{0,4})?"
_START = re.compile(
    rf"(?im)(?:^[ \t]{{0,40}}(?:{_NUMBER})?{_MARKED}|(?<=\))[ \t]{{0,4}})[*_(]{{0,2}}(?:BEGIN[ \t])?{_NAME}"
    r"[*_]{0,2}[ \t]{0,4}(?:\([A-Z/]{1,6}\)[ \t]{0,2})?(?P<close>[:.;)]|[-–—]{1,3}(?![-\w])|\n|-{4,}|\Z)"
)
_END = re.compile(
    rf"(?i)[(*_]{{0,2}}\b(?:END[ \t\n]{{0,40}}(?:OF[ \t]{{1,2}})?(?:THE[ \t])?{_NAME}|SUMMARY[ \t\n]ENDS\b)"
)
_PARAGRAPH = re.compile(rf"(?m)^[ \t]{{0,40}}¶?[ \t]?1?1[ \t]?[.)][ \t]{{0,4}}{_MARKED}")
_NUMBERED = re.compile(rf"\s{{0,40}}({_NUMBER})(?:\(([A-Za-z/ ,]{{1,24}})\)\s{{0,4}})?")
_MARKING = re.compile(r"\s{0,40}\(([A-Za-z/ ,]{1,24})\)\s{0,4}")
_LABEL_AGAIN = re.compile(r"(?i)summary(?: (?:continued|cont(?:'d|\.)))?[.:]\s{0,4}")
_RULE = re.compile(r"[-=_*~]{3,120}[-=_*~ ]{0,120}|(?:[-=_*~] ){2,60}[-=_*~]?")
_INLINE_HEADING = re.compile(r"[ \t]-{4,80}[ \t][^\n]{2,80}[ \t]-{4,80}")
_BLANK_LINE = re.compile(r"\n[ \t]{0,80}\n")
_NEXT_NUMBER = re.compile(r"\n[ \t]{0,40}(?=¶?\d{1,2}[ \t]?[.)][ \t]{0,4}\([A-Z/]{1,8}\))")


def parse_summary(text: str) -> str | None:
    """The text of the summary, one paragraph a line; None without one.

    Left out are paragraph numbers, markings, rules and page lines.
    """
    text = text[:_SEARCHED]
    lowered = text.lower()
    if not any(name in lowered for name in _NAMES):
        return None
    text = without_page_lines(cleaned(text))
    start = _first_start(text)
    end = _END.search(text, start.end() if start else 0)
    if end and start and end.start() - start.end() > _LONGEST:
        end = None
    if start is None:
        first = _PARAGRAPH.search(text, 0, end.start()) if end else None
        value = text[first.end() : end.start()] if first and end else ""
    elif end:
        value = text[start.end() : end.start()]
    elif start["close"].strip() and not start["close"].startswith("----"):
        value = _one_paragraph(text[start.end() : start.end() + _LONGEST])
    else:
        value = _up_to_heading(text[start.end() : start.end() + _LONGEST])
    return _tidy(value) or None


def _first_start(text: str) -> re.Match[str] | None:
    """The first label SUMMARY that is not the second line of a wrapped END SUMMARY."""
    for start in _START.finditer(text):
        before = text[max(0, start.start() - 60) : start.start()].split()
        if not before or before[-1].upper() not in {"END", "OF"}:
            return start
    return None


def _one_paragraph(rest: str) -> str:
    """The rest of the paragraph whose label is SUMMARY."""
    rest = rest.lstrip()
    heading = _INLINE_HEADING.search(rest)
    blank = _BLANK_LINE.search(rest)
    ends = [match.start() for match in (heading, blank) if match]
    return rest[: min(ends)] if ends else rest


def _up_to_heading(rest: str) -> str:
    """The paragraphs below a heading SUMMARY: up to a heading, or the first one only where none is numbered."""
    kept: list[str] = []
    for block in _BLANK_LINE.split(rest.lstrip("-=*_ \t\n")):
        lines = [line.strip() for line in block.strip().split("\n")]
        if not lines[0]:
            continue
        if kept and (any(map(_RULE.fullmatch, lines)) or not _NUMBERED.match(lines[0])):
            break
        kept.append(block)
    return "\n\n".join(kept)


def _tidy(value: str) -> str:
    blocks = _BLANK_LINE.split(_NEXT_NUMBER.sub("\n\n", value))
    paragraphs = (_tidy_paragraph(block) for block in blocks)
    return "\n".join(paragraph for paragraph in paragraphs if paragraph).rstrip("( \t\n")


def _tidy_paragraph(block: str) -> str:
    lines = [line.strip() for line in block.strip().split("\n")]
    block = "\n".join(line for line in lines if not _RULE.fullmatch(line) and line != "SIPDIS")
    numbered = _NUMBERED.match(block)
    if numbered and (numbered[2] is None or read_marking(numbered[2])):
        block = block[numbered.end() :]
    elif numbered:
        block = block[numbered.end(1) :]
    else:
        marked = _MARKING.match(block)
        if marked and read_marking(marked[1]):
            block = block[marked.end() :]
    again = _LABEL_AGAIN.match(block)
    block = block[again.end() :] if again else block
    rule = _RULE.match(block)
    return " ".join(block[rule.end() if rule else 0 :].split())
