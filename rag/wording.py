"""A quoted sentence as a reader is shown it: who "he" is, which day "yesterday" was, whose comment it is.

The quote beside it stays verbatim; what is added stands in square brackets or, of a comment, in front.
"""

from collections.abc import Sequence

from rag.antecedents import named_subject, opens_with_pronoun
from rag.comments import is_comment
from rag.edit import edited
from rag.passage import Passage
from rag.relative_dates import dates_of
from rag.sentences import Span, sentence_spans

COMMENT = "Embassy comment: "


def worded(passage: Passage, span: Span, follows: bool = False) -> str:
    """The sentence with names and dates where they are certain; `follows` when the one before it is shown before it."""
    spans = sentence_spans(passage.text)
    edits = list(dates_of(passage.text, span, passage.date))
    if not follows and span in spans and (subject := named_subject(passage.text, spans, spans.index(span))):
        edits.append(subject)
    lead = COMMENT if is_comment(passage, span) else ""
    return lead + edited(passage.text, span, edits)


def needed_before(passage: Passage, span: Span) -> Span | None:
    """The sentence before, where this one opens with a pronoun and it is not certain who is meant."""
    spans = sentence_spans(passage.text)
    if span not in spans[1:] or not opens_with_pronoun(passage.text, span):
        return None
    at = spans.index(span)
    return None if named_subject(passage.text, spans, at) else spans[at - 1]


def all_worded(spans: Sequence[tuple[Passage, Span]]) -> list[str]:
    """As `worded`, for sentences shown in this order."""
    shown: list[str] = []
    for at, (passage, span) in enumerate(spans):
        before = spans[at - 1] if at else None
        follows = before is not None and before[0].key == passage.key and _is_next(passage.text, before[1], span)
        shown.append(worded(passage, span, follows))
    return shown


def _is_next(text: str, before: Span, span: Span) -> bool:
    spans = sentence_spans(text)
    return before in spans and span in spans and spans.index(span) == spans.index(before) + 1
