"""A telegram's text split into its numbered paragraphs."""

import re
from collections.abc import Sequence

from ingest.body.artefacts import CleanText
from ingest.body.closing import closing_start, without_signer
from ingest.body.headings import Heading, ends_section, heading_before
from ingest.body.inline_starts import split_inline_starts
from ingest.body.number_candidates import find_candidates
from ingest.body.numbering import ParagraphStart, choose_starts
from ingest.body.segment import Segment, fold, has_text, lay_out
from ingest.body.unnumbered import preamble_segment, unnumbered_segments
from rag.domain.paragraph_key import Locator

_EXTRACT = re.compile(r"\[\s?(?:\.{3}|…)\s?\]")


def split_paragraphs(clean: CleanText, signers: Sequence[str] = ()) -> tuple[list[Segment], list[int]]:
    """The paragraphs of a telegram's text without its head, and the numbers that are printed without any text.

    Text before the first number gets locator 0. A text without numbers gets `u1`, `u2` ..., one for each block
    between blank lines.
    """
    lines, breaks = split_inline_starts(clean.lines)
    starts = choose_starts(find_candidates(lines), clean.restarts)
    chosen = {start.candidate.line for start in starts}
    if wrong := {ordinal for index, ordinal in breaks.items() if index not in chosen}:
        lines, _ = split_inline_starts(clean.lines, wrong)
        starts = choose_starts(find_candidates(lines), clean.restarts)
    if not starts:
        return unnumbered_segments(lines, signers), []
    return _Splitter(lines, starts, signers).run()


class _Splitter:
    def __init__(self, lines: Sequence[str], starts: Sequence[ParagraphStart], signers: Sequence[str]) -> None:
        self._lines = list(lines)
        self._starts = starts
        self._signers = signers
        self._heading: Heading | None = None
        self._occurrences: dict[int, int] = {}
        self._segments: list[Segment] = []
        self._empty: list[int] = []

    def run(self) -> tuple[list[Segment], list[int]]:
        first = self._starts[0].candidate.line
        self._preamble(first)
        for position, start in enumerate(self._starts):
            line = start.candidate.line
            following = self._starts[position + 1].candidate.line if position + 1 < len(self._starts) else None
            if following is None:
                end = closing_start(self._lines, line, self._signers)
                self._lines[end - 1] = without_signer(self._lines[end - 1], self._signers)
                self._add(start, end)
                break
            heading = heading_before(self._lines, line + 1, following)
            self._add(start, heading.line if heading else following)
            if heading and heading.text and heading.text.upper() not in self._signers:
                self._heading = heading
        return self._segments, self._empty

    def _preamble(self, first: int) -> None:
        heading = heading_before(self._lines, 0, first)
        preamble = preamble_segment(self._lines[: heading.line if heading else first])
        if preamble:
            self._segments.append(preamble)
        if heading and heading.text:
            self._heading = heading

    def _add(self, start: ParagraphStart, end: int) -> None:
        candidate = start.candidate
        lines = [self._lines[candidate.line][candidate.text_start :], *self._lines[candidate.line + 1 : end]]
        layout = lay_out(lines)
        if not has_text((layout,)):
            self._empty.append(start.number)
            return
        occurrence = self._occurrences.get(start.number, 0) + 1
        self._occurrences[start.number] = occurrence
        self._segments.append(
            Segment(
                locator=Locator(start.number, occurrence),
                text=fold(layout),
                layout=layout,
                marking=candidate.marking,
                heading=self._heading.text if self._heading else None,
                heading_marking=self._heading.marking if self._heading else None,
            )
        )
        if self._heading and ends_section(self._segments[-1].text, self._heading.text):
            self._heading = None


def has_extract_marks(lines: Sequence[str]) -> bool:
    """Whether the publisher marked omissions in the text: `[...]`."""
    return any("[" in line and _EXTRACT.search(line) for line in lines)
