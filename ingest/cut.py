"""A paragraph cut out of its telegram, and the two forms of its text."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.paragraph_key import Locator


@dataclass(frozen=True, slots=True)
class Cut:
    """One citable unit before it knows its cable: `text` has its lines folded, `layout` keeps them."""

    locator: Locator
    text: str
    layout: str
    marking: str | None = None
    heading: str | None = None
    heading_marking: str | None = None


def fold(block: Sequence[str]) -> str:
    """Lines as one: every run of white space becomes one space."""
    return " ".join(" ".join(block).split())


def lay_out(block: Sequence[str]) -> str:
    """Lines as printed, trailing spaces stripped, no blank lines at either end and never two together."""
    kept: list[str] = []
    for line in block:
        line = line.rstrip()
        if line or (kept and kept[-1]):
            kept.append(line)
    while kept and not kept[-1]:
        kept.pop()
    if kept:
        kept[0] = kept[0].lstrip()
    return "\n".join(kept)
