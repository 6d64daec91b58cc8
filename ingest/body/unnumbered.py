"""Citable text without a paragraph number: text before ¶1, and telegrams that do not number their paragraphs."""

import re
from collections.abc import Sequence

from ingest.body.closing import closing_start, without_signer
from ingest.body.headings import Heading, ends_section, heading_before
from ingest.body.line_patterns import is_rule
from ingest.body.number_candidates import is_marking
from ingest.body.segment import Segment, fold, has_text, lay_out
from rag.domain.paragraph_key import Locator

_TEXT = re.compile(r"(?!x{3,200}\b)\b[^\W_]", re.IGNORECASE)  # not only the x's of a redaction
_PORTION = re.compile(r"\s{0,40}\(\s{0,2}(?P<marking>[^()\n]{1,40}?)\s{0,2}\)\s{0,8}")
_TOP = 6  # lines at the top of a block in which an underlined heading is looked for


def preamble_segment(lines: Sequence[str]) -> Segment | None:
    """The text before the first numbered paragraph as one segment; None where there is none."""
    heading, body = _split_heading(list(lines))
    if not any(_TEXT.search(line) for line in body):
        return None
    return _segment(Locator(0), body, heading)


def unnumbered_segments(lines: Sequence[str], signers: Sequence[str] = ()) -> list[Segment]:
    """The paragraphs of a telegram that does not number them: the blocks between blank lines, `u1`, `u2` ..."""
    text = list(lines[: closing_start(lines, 0, signers)]) if lines else []
    if text:
        text[-1] = without_signer(text[-1], signers)
    segments: list[Segment] = []
    heading: Heading | None = None
    blocks = _blocks(text)
    for position, block in enumerate(blocks):
        above, body = _split_heading(block)
        if not above and position + 1 < len(blocks):
            alone = heading_before(block, 0, len(block))
            if alone and alone.line == 0:
                above, body = alone, []
        if above and above.text:
            heading = above
        if has_text(body):
            segments.append(_segment(Locator(len(segments) + 1, unnumbered=True), body, heading))
            if heading and ends_section(segments[-1].text, heading.text):
                heading = None
    return segments


def _blocks(lines: Sequence[str]) -> list[list[str]]:
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if has_text(block)]


def _split_heading(lines: list[str]) -> tuple[Heading | None, list[str]]:
    """The underlined heading at the top of the lines, or None, and the lines below it."""
    filled = [index for index, line in enumerate(lines[: 4 * _TOP]) if line.strip()][:_TOP]
    rules = [index for index in filled if is_rule(lines[index])]
    if not rules or not filled:
        return None, lines
    framed = rules[0] == filled[0]
    if framed and len(rules) < 2:
        return None, lines
    rule = rules[1] if framed else rules[0]
    heading = heading_before(lines, 0, rule + 1)
    if heading is None or heading.line > filled[0] or not heading.text:
        return None, lines
    return heading, lines[rule + 1 :]


def _segment(locator: Locator, lines: Sequence[str], heading: Heading | None) -> Segment:
    layout = lay_out(lines)
    portion = _PORTION.match(layout)
    marking = portion["marking"] if portion and is_marking(portion["marking"]) else None
    if portion and marking:
        layout = layout[portion.end() :]
    return Segment(
        locator, fold(layout), layout, marking, heading.text if heading else None, heading.marking if heading else None
    )
