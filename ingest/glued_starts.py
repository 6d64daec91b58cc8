"""What begins in the middle of a line: paragraphs (`... the vote. 4. (C) The minister ...`) and underlined headings."""

import re
from collections.abc import Sequence, Set

from ingest.number_candidates import is_marking

_GLUED = re.compile(r"[.!?:\"'”’)\]]\s{1,6}(?P<start>(?:¶\s?)?\d{1,3}[.,]\s{0,3}\((?P<marking>[A-Za-z/ ]{1,24})\)\s)")

_GLUED_HEADING = re.compile(
    r"[.!?][\"'”’)]{0,2}\s{1,6}(?P<heading>[A-Z][A-Z0-9 ,:;'’\"&/?!-]{1,90}\s-{4,80}[- ]{0,20})$"
)


def split_glued(lines: Sequence[str], keep: Set[int] = frozenset()) -> tuple[list[str], dict[int, int]]:
    """Break lines before numbers with a marking that follow a sentence's end.

    Returns the lines, and for each that was broken off its index with the ordinal of the break; breaks whose ordinal
    is in `keep` are left unbroken.
    """
    out: list[str] = []
    broken: dict[int, int] = {}
    ordinal = 0
    for line in lines:
        done = 0
        if "(" in line:
            for match in _GLUED.finditer(line):
                if not is_marking(match["marking"]):
                    continue
                ordinal += 1
                if ordinal in keep:
                    continue
                out.append(line[done : match.start("start")].rstrip())
                done = match.start("start")
                broken[len(out)] = ordinal
        heading = _GLUED_HEADING.search(line, max(done, len(line) - 200)) if line.endswith(("--", "-- ")) else None
        if heading:
            out.append(line[done : heading.start("heading")].rstrip())
            done = heading.start("heading")
        out.append(line[done:])
    return out, broken
