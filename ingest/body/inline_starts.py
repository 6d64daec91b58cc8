"""Paragraphs (`... the vote. 4. (C) The minister ...`) and underlined headings that start within a line."""

import re
from collections.abc import Sequence, Set

from ingest.body.number_candidates import is_marking

_INLINE_START = re.compile(
    r"[.!?:\"'”’)\]]\s{1,6}(?P<start>(?:¶\s?)?\d{1,3}[.,]\s{0,3}\((?P<marking>[A-Za-z/ ]{1,24})\)\s)"
)

_INLINE_HEADING = re.compile(
    r"[.!?][\"'”’)]{0,2}\s{1,6}(?P<heading>[A-Z][A-Z0-9 ,:;'’\"&/?!-]{1,90}\s-{4,80}[- ]{0,20})$"
)


def split_inline_starts(lines: Sequence[str], keep: Set[int] = frozenset()) -> tuple[list[str], dict[int, int]]:
    """Break lines before a number with a marking that follows the end of a sentence.

    Returns the lines, and the ordinal of each break by the index of the line that starts there. Breaks whose ordinal
    is in `keep` are not made.
    """
    split: list[str] = []
    breaks: dict[int, int] = {}
    ordinal = 0
    for line in lines:
        done = 0
        if "(" in line:
            for match in _INLINE_START.finditer(line):
                if not is_marking(match["marking"]):
                    continue
                ordinal += 1
                if ordinal in keep:
                    continue
                split.append(line[done : match.start("start")].rstrip())
                done = match.start("start")
                breaks[len(split)] = ordinal
        heading = _INLINE_HEADING.search(line, max(done, len(line) - 200)) if line.endswith(("--", "-- ")) else None
        if heading:
            split.append(line[done : heading.start("heading")].rstrip())
            done = heading.start("heading")
        split.append(line[done:])
    return split, breaks
