"""Editorial changes to a quotation, in square brackets."""

from collections.abc import Iterable
from dataclasses import dataclass

from rag.domain.span import Span


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace characters [start, end) of a paragraph's text by `text`; an empty range inserts it."""

    start: int
    end: int
    text: str


def apply_edits(text: str, span: Span, edits: Iterable[Edit]) -> str:
    """The characters of the span, with those edits applied that lie inside it. Edits must not overlap."""
    parts, position = [], span.start
    for edit in sorted(edits):
        if position <= edit.start and edit.end <= span.end:
            parts += [text[position : edit.start], edit.text]
            position = edit.end
    return "".join((*parts, text[position : span.end]))
