"""A paragraph cut out of its telegram, and the two forms of its text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.paragraph_key import Locator

_PILCROW = re.compile(r"^(?P<indent>\s{0,80})¶\s?(?=\w{1,4}[.,)])")


@dataclass(frozen=True, slots=True)
class Cut:
    """One citable unit before it knows its cable: `text` has its lines folded, `layout` keeps them."""

    locator: Locator
    text: str
    layout: str
    marking: str | None = None
    heading: str | None = None
    heading_marking: str | None = None


def _unsigned(line: str) -> str:
    # Web viewers set a pilcrow before every number or letter with a dot that starts a line, wrapped ones too.
    return _PILCROW.sub(r"\g<indent>", line, count=1) if "¶" in line else line


def fold(layout: str) -> str:
    """A layout in one line: every run of white space becomes one space."""
    return " ".join(layout.split())


def lay_out(block: Sequence[str]) -> str:
    """Lines as printed, trailing spaces stripped, no blank lines at either end and never two together."""
    kept: list[str] = []
    for line in block:
        stripped = _unsigned(line).rstrip()
        if stripped or (kept and kept[-1]):
            kept.append(stripped)
    while kept and not kept[-1]:
        kept.pop()
    if kept:
        kept[0] = kept[0].lstrip()
    return "\n".join(kept)
