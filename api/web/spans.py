"""Marking words in a paragraph: where the quoted spans lie in the text a reader sees."""

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
    """A paragraph as shown: `table` keeps columns and wants a fixed-width type."""

    pieces: tuple[Piece, ...]
    table: bool


def readable(text: str, layout: str, spans: Iterable[Span]) -> Readable:
    """A paragraph for reading, its spans (offsets in `text`) marked.

    Prose is shown folded. Bullets keep their lines and tables their columns, where `layout` has the same
    characters as `text` apart from white space; otherwise the text is shown as it is.
    """
    wanted = _merged(spans, len(text))
    table = sum(bool(_COLUMNS.search(line)) for line in layout.splitlines()) > 1
    shown = layout if table else _reflowed(layout)
    moved = _moved(text, shown, wanted)
    if "\n" not in shown or moved is None:
        return Readable(tuple(_cut(text, wanted)), False)
    return Readable(tuple(_cut(shown, moved)), table)


def _merged(spans: Iterable[Span], length: int) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted((max(0, start), min(length, end)) for start, end in spans):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _cut(text: str, spans: Sequence[Span]) -> Iterable[Piece]:
    done = 0
    for start, end in spans:
        if done < start:
            yield Piece(text[done:start], False)
        yield Piece(text[start:end], True)
        done = end
    if done < len(text):
        yield Piece(text[done:], False)


def _reflowed(layout: str) -> str:
    """Lines of one sentence joined; a new line only before a bullet or after an empty line."""
    lines: list[str] = []
    fresh = True
    for line in layout.splitlines():
        if not line.strip():
            fresh = True
        elif fresh or _BULLET.match(line):
            lines.append(line.strip())
            fresh = False
        else:
            lines[-1] += f" {line.strip()}"
    return "\n".join(lines)


def _moved(text: str, shown: str, spans: Sequence[Span]) -> list[Span] | None:
    """The spans as offsets in `shown`, which must hold the same characters apart from white space."""
    theirs = [place for place, character in enumerate(shown) if not character.isspace()]
    ours = [place for place, character in enumerate(text) if not character.isspace()]
    if len(ours) != len(theirs) or any(text[a] != shown[b] for a, b in zip(ours, theirs, strict=True)):
        return None
    where = dict(zip(ours, theirs, strict=True))
    moved: list[Span] = []
    for start, end in spans:
        held = [where[place] for place in range(start, end) if place in where]
        if held:
            moved.append((held[0], held[-1] + 1))
    return moved
