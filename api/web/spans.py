"""Quoted spans of a paragraph, mapped onto its text as the page shows it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Span = tuple[int, int]
"""Start and end in characters, end excluded."""

_BULLET = re.compile(r"\s*(?:[-*•o]{1,2}|\(?[a-z0-9]{1,2}[.)])\s+\S")
_COLUMNS = re.compile(r"\S(?: {3,}|\t)\S")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, marked or not."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Readable:
    """A paragraph as shown; a `table` needs a fixed-width font."""

    pieces: tuple[Piece, ...]
    table: bool


def readable(text: str, layout: str, spans: Iterable[Span]) -> Readable:
    """A paragraph for reading, its spans (offsets in `text`) marked.

    Prose is shown folded. Bullets keep their lines and tables their columns, where `layout` has the same
    characters as `text` apart from white space; otherwise the text is shown as it is.
    """
    merged_spans = merged(spans, len(text))
    table = sum(bool(_COLUMNS.search(line)) for line in layout.splitlines()) > 1
    shown = layout if table else _reflowed(layout)
    moved = _moved(text, shown, merged_spans)
    if "\n" not in shown or moved is None:
        return Readable(tuple(cut(text, merged_spans)), False)
    return Readable(tuple(cut(shown, moved)), table)


def merged(spans: Iterable[Span], length: int) -> list[Span]:
    """The same characters of a text of this length in spans that do not touch, in order."""
    kept: list[Span] = []
    for start, end in sorted((max(0, start), min(length, end)) for start, end in spans):
        if start >= end:
            continue
        if kept and start <= kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return kept


def cut(text: str, spans: Sequence[Span]) -> Iterable[Piece]:
    """A text in pieces; `spans` are in order and do not overlap."""
    done = 0
    for start, end in spans:
        if done < start:
            yield Piece(text[done:start], False)
        yield Piece(text[start:end], True)
        done = end
    if done < len(text):
        yield Piece(text[done:], False)


def _reflowed(layout: str) -> str:
    """Lines joined; a new line only before a bullet or after an empty line."""
    lines: list[str] = []
    starts_line = True
    for line in layout.splitlines():
        if not line.strip():
            starts_line = True
        elif starts_line or _BULLET.match(line):
            lines.append(line.strip())
            starts_line = False
        else:
            lines[-1] += f" {line.strip()}"
    return "\n".join(lines)


def _moved(text: str, shown: str, spans: Sequence[Span]) -> list[Span] | None:
    """The spans as offsets in `shown`, which must hold the same characters apart from white space."""
    sources = [offset for offset, character in enumerate(text) if not character.isspace()]
    targets = [offset for offset, character in enumerate(shown) if not character.isspace()]
    if [text[offset] for offset in sources] != [shown[offset] for offset in targets]:
        return None
    target_of = dict(zip(sources, targets, strict=True))
    moved: list[Span] = []
    for start, end in spans:
        offsets = [target_of[offset] for offset in range(start, end) if offset in target_of]
        if offsets:
            moved.append((offsets[0], offsets[-1] + 1))
    return moved
