"""Paragraphs that begin in the middle of a line: `... impeached. 4. (C) Zardari said ...`."""

import re
from collections.abc import Sequence, Set

from rag.marking import read_marking

_GLUED = re.compile(r"[.!?:\"'”’)\]]\s{1,6}(?P<start>(?:¶\s?)?\d{1,3}[.,]\s{0,3}\((?P<marking>[A-Za-z/ ]{1,24})\)\s)")


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
                if read_marking(match["marking"]) is None:
                    continue
                ordinal += 1
                if ordinal in keep:
                    continue
                out.append(line[done : match.start("start")].rstrip())
                done = match.start("start")
                broken[len(out)] = ordinal
        out.append(line[done:])
    return out, broken
