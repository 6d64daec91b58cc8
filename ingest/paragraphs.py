"""A telegram's text cut at its own numbered paragraphs."""

import re
from collections.abc import Sequence

from ingest.artefacts import CleanText
from ingest.closing import closing_start, unsign
from ingest.cut import Cut, fold, lay_out
from ingest.glued_starts import split_glued
from ingest.headings import Heading, ends_section, heading_before
from ingest.number_candidates import find_candidates
from ingest.numbering import Start, choose
from ingest.unnumbered import cut_preamble, cut_unnumbered
from rag.paragraph_key import Locator

_ALNUM = re.compile(r"[^\W_]")
_EXTRACT = re.compile(r"\[\s?(?:\.{3}|…)\s?\]")


def cut_paragraphs(clean: CleanText, signers: Sequence[str] = ()) -> tuple[list[Cut], list[int]]:
    """The paragraphs of a telegram's text, whose head is already off, and the numbers printed without any text.

    Text before the first number gets locator 0; a text that numbers nothing gets `u1`, `u2` ..., a paragraph for
    each block between blank lines.
    """
    lines, broken = split_glued(clean.lines)
    starts = choose(find_candidates(lines), clean.restarts)
    chosen = {start.candidate.line for start in starts}
    if wrong := {ordinal for index, ordinal in broken.items() if index not in chosen}:
        lines, _ = split_glued(clean.lines, wrong)
        starts = choose(find_candidates(lines), clean.restarts)
    if not starts:
        return cut_unnumbered(lines, signers), []
    return _Cutter(lines, starts, signers).run()


class _Cutter:
    def __init__(self, lines: Sequence[str], starts: Sequence[Start], signers: Sequence[str]) -> None:
        self._lines = list(lines)
        self._starts = starts
        self._signers = signers
        self._heading: Heading | None = None
        self._seen: dict[int, int] = {}
        self._cuts: list[Cut] = []
        self._empty: list[int] = []

    def run(self) -> tuple[list[Cut], list[int]]:
        first = self._starts[0].candidate.line
        self._preamble(first)
        for position, start in enumerate(self._starts):
            line = start.candidate.line
            following = self._starts[position + 1].candidate.line if position + 1 < len(self._starts) else None
            if following is None:
                end = closing_start(self._lines, line, self._signers)
                self._lines[end - 1] = unsign(self._lines[end - 1], self._signers)
                self._cut(start, end)
                break
            heading = heading_before(self._lines, line + 1, following)
            self._cut(start, heading.line if heading else following)
            if heading and heading.text and heading.text.upper() not in self._signers:
                self._heading = heading
        return self._cuts, self._empty

    def _preamble(self, first: int) -> None:
        heading = heading_before(self._lines, 0, first)
        preamble = cut_preamble(self._lines[: heading.line if heading else first])
        if preamble:
            self._cuts.append(preamble)
        if heading and heading.text:
            self._heading = heading

    def _cut(self, start: Start, end: int) -> None:
        candidate = start.candidate
        block = [self._lines[candidate.line][candidate.text_start :], *self._lines[candidate.line + 1 : end]]
        layout = lay_out(block)
        if not _ALNUM.search(layout):
            self._empty.append(start.number)  # a number by itself: nothing to cite
            return
        occurrence = self._seen.get(start.number, 0) + 1
        self._seen[start.number] = occurrence
        self._cuts.append(
            Cut(
                locator=Locator(start.number, occurrence),
                text=fold(layout),
                layout=layout,
                marking=candidate.marking,
                heading=self._heading.text if self._heading else None,
                heading_marking=self._heading.marking if self._heading else None,
            )
        )
        if self._heading and ends_section(self._cuts[-1].text, self._heading.text):
            self._heading = None


def has_extract_marks(lines: Sequence[str]) -> bool:
    """Whether whoever published the text left some of it out."""
    return any("[" in line and _EXTRACT.search(line) for line in lines)
