"""Citable text that carries no paragraph number: what stands before ¶1, and telegrams that number nothing."""

import re
from collections.abc import Sequence

from ingest.closing import closing_start, unsign
from ingest.cut import Cut, fold, lay_out
from ingest.headings import Heading, ends_section, heading_before
from ingest.line_forms import is_rule
from ingest.number_candidates import is_marking
from rag.paragraph_key import Locator

_ALNUM = re.compile(r"[^\W_]")
_TEXT = re.compile(r"(?!x{3,200}\b)\b[^\W_]", re.IGNORECASE)  # more than what a censor put in its place
_PORTION = re.compile(r"\s{0,40}\(\s{0,2}(?P<marking>[^()\n]{1,40}?)\s{0,2}\)\s{0,8}")
_TOP = 6  # lines at the top of a block in which an underlined heading is looked for


def cut_preamble(lines: Sequence[str]) -> Cut | None:
    """The text before the first numbered paragraph as one unit, or None where there is none."""
    heading, body = _off_the_top(list(lines))
    if not any(_TEXT.search(line) for line in body):
        return None
    return _cut(Locator(0), body, heading)


def cut_unnumbered(lines: Sequence[str], signers: Sequence[str] = ()) -> list[Cut]:
    """The paragraphs of a telegram that numbers none: the blocks between its blank lines, `u1`, `u2` ..."""
    kept = list(lines[: closing_start(lines, 0, signers)]) if lines else []
    if kept:
        kept[-1] = unsign(kept[-1], signers)
    cuts: list[Cut] = []
    heading: Heading | None = None
    blocks = _blocks(kept)
    for position, block in enumerate(blocks):
        found, body = _off_the_top(block)
        if not found and position + 1 < len(blocks):
            alone = heading_before(block, 0, len(block))
            if alone and alone.line == 0:
                found, body = alone, []
        if found and found.text:
            heading = found
        if _has_text(body):
            cuts.append(_cut(Locator(len(cuts) + 1, unnumbered=True), body, heading))
            if heading and ends_section(cuts[-1].text, heading.text):
                heading = None
    return cuts


def _blocks(lines: Sequence[str]) -> list[list[str]]:
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if _has_text(block)]


def _has_text(lines: Sequence[str]) -> bool:
    return any(_ALNUM.search(line) for line in lines)


def _off_the_top(lines: list[str]) -> tuple[Heading | None, list[str]]:
    """The underlined heading that the lines begin with, and the lines under it."""
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


def _cut(locator: Locator, lines: Sequence[str], heading: Heading | None) -> Cut:
    layout = lay_out(lines)
    portion = _PORTION.match(layout)
    marking = portion["marking"] if portion and is_marking(portion["marking"]) else None
    if portion and marking:
        layout = layout[portion.end() :]
    return Cut(
        locator, fold(layout), layout, marking, heading.text if heading else None, heading.marking if heading else None
    )
