"""One citable segment of a telegram, and the two forms of its text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.domain.paragraph_key import Locator

_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_PILCROW = re.compile(r"^(?P<indent>\s{0,80})¶\s?(?=\w{1,4}[.,)])")


@dataclass(frozen=True, slots=True)
class Segment:
    """A paragraph without its cable: `text` is one folded line, `layout` keeps the line breaks."""

    locator: Locator
    text: str
    layout: str
    marking: str | None = None
    heading: str | None = None
    heading_marking: str | None = None


def _without_pilcrow(line: str) -> str:
    # Web viewers put a pilcrow before every line that starts with a number or letter and a dot, wrapped text included.
    return _PILCROW.sub(r"\g<indent>", line, count=1) if "¶" in line else line


def has_text(lines: Sequence[str]) -> bool:
    """Whether any line holds a letter or digit."""
    return any(_LETTER_OR_DIGIT.search(line) for line in lines)


def fold(layout: str) -> str:
    """The layout as one line: every run of white space becomes one space."""
    return " ".join(layout.split())


def lay_out(block: Sequence[str]) -> str:
    """Lines as printed, without trailing spaces, blank lines at either end, or two blank lines in a row."""
    kept: list[str] = []
    for line in block:
        stripped = _without_pilcrow(line).rstrip()
        if stripped or (kept and kept[-1]):
            kept.append(stripped)
    while kept and not kept[-1]:
        kept.pop()
    if kept:
        kept[0] = kept[0].lstrip()
    return "\n".join(kept)
