"""A telegram's text cut at its own numbered paragraphs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.artefacts import CleanText
from ingest.closing import closing_start, unsign
from ingest.headings import Heading, heading_before
from ingest.line_forms import is_rule
from ingest.number_candidates import find_candidates
from ingest.numbering import Start, choose
from rag.paragraph_key import Locator

_EXTRACT = re.compile(r"\[\s?(?:\.{3}|…)\s?\]")
_ALNUM = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Cut:
    """One citable unit before it knows its cable: `text` has its lines folded, `layout` keeps them."""

    locator: Locator
    text: str
    layout: str
    marking: str | None = None
    heading: str | None = None
    heading_marking: str | None = None


def cut_paragraphs(clean: CleanText, signers: Sequence[str] = ()) -> list[Cut]:
    """The paragraphs of a telegram's text, whose head is already off.

    Text before the first number gets locator 0; a text that numbers nothing gets `u1`, `u2` ..., a paragraph for
    each block between blank lines.
    """
    lines = clean.lines
    starts = choose(find_candidates(lines), clean.restarts)
    if not starts:
        return _unnumbered(lines, signers)
    return _Cutter(lines, starts, signers).run()


class _Cutter:
    def __init__(self, lines: Sequence[str], starts: Sequence[Start], signers: Sequence[str]) -> None:
        self._lines = list(lines)
        self._starts = starts
        self._signers = signers
        self._heading: Heading | None = None
        self._seen: dict[int, int] = {}
        self._cuts: list[Cut] = []

    def run(self) -> list[Cut]:
        first = self._starts[0].candidate.line
        self._preamble(first)
        for position, start in enumerate(self._starts):
            line = start.candidate.line
            following = self._starts[position + 1].candidate.line if position + 1 < len(self._starts) else None
            if following is None:
                end = closing_start(self._lines, line)
                self._lines[end - 1] = unsign(self._lines[end - 1], self._signers)
                self._cut(start, end)
                break
            heading = heading_before(self._lines, line + 1, following)
            self._cut(start, heading.line if heading else following)
            if heading and heading.text:
                self._heading = heading
        return self._cuts

    def _preamble(self, first: int) -> None:
        heading = heading_before(self._lines, 0, first)
        block = self._lines[: heading.line if heading else first]
        if any(_ALNUM.search(line) for line in block):
            self._cuts.append(Cut(Locator(0), fold(block), lay_out(block)))
        if heading and heading.text:
            self._heading = heading

    def _cut(self, start: Start, end: int) -> None:
        candidate = start.candidate
        block = [self._lines[candidate.line][candidate.text_start :], *self._lines[candidate.line + 1 : end]]
        occurrence = self._seen.get(start.number, 0) + 1
        self._seen[start.number] = occurrence
        self._cuts.append(
            Cut(
                locator=Locator(start.number, occurrence),
                text=fold(block),
                layout=lay_out(block),
                marking=candidate.marking,
                heading=self._heading.text if self._heading else None,
                heading_marking=self._heading.marking if self._heading else None,
            )
        )


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


def has_extract_marks(lines: Sequence[str]) -> bool:
    """Whether whoever published the text left some of it out."""
    return any("[" in line and _EXTRACT.search(line) for line in lines)


def _unnumbered(lines: Sequence[str], signers: Sequence[str]) -> list[Cut]:
    end = closing_start(lines, 0) if lines else 0
    blocks: list[list[str]] = [[]]
    for line in lines[:end]:
        if line.strip():
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    if blocks[-1]:
        blocks[-1][-1] = unsign(blocks[-1][-1], signers)
    cuts: list[Cut] = []
    heading: Heading | None = None
    for position, block in enumerate(blocks):
        if not any(_ALNUM.search(line) for line in block):
            continue
        last = not any(any(_ALNUM.search(line) for line in later) for later in blocks[position + 1 : position + 2])
        found = None if last else heading_before([*block, ""], 0, len(block) + 1)
        if found and found.line == 0 and found.text and not is_rule(block[0]):
            heading = found
            continue
        cuts.append(
            Cut(
                Locator(len(cuts) + 1, unnumbered=True),
                fold(block),
                lay_out(block),
                heading=heading.text if heading else None,
                heading_marking=heading.marking if heading else None,
            )
        )
    return cuts
