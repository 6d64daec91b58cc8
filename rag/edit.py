"""Changes to quoted words that are shown in square brackets, as an editor would write them."""

from collections.abc import Iterable
from dataclasses import dataclass

from rag.sentences import Span


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Characters [start, end) of a paragraph's text give way to `text`; where they are none, it is put in."""

    start: int
    end: int
    text: str


def edited(text: str, span: Span, edits: Iterable[Edit]) -> str:
    """The characters of the span with the edits that lie in it, which do not overlap."""
    parts, at = [], span.start
    for edit in sorted(edits):
        if at <= edit.start and edit.end <= span.end:
            parts += [text[at : edit.start], edit.text]
            at = edit.end
    return "".join((*parts, text[at : span.end]))
