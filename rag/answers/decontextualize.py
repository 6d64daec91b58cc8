"""A quoted sentence as a reader is shown it: who "he" is, which day "yesterday" was, whose comment it is.

The quote beside it stays verbatim; what is added stands in square brackets or, of a comment, in front.
"""

from collections.abc import Sequence

from rag.domain.retrieved_paragraph import QuotedSpan
from rag.text.comments import is_comment
from rag.text.coreference import opens_with_pronoun, pronoun_edit
from rag.text.edit import Edit, apply_edits
from rag.text.relative_dates import date_edits

COMMENT = "Embassy comment: "


def decontextualized(sentence: QuotedSpan, follows: bool = False) -> str:
    """The sentence with names and dates filled in where they are certain.

    With `follows` the sentence before it is shown before it, so that its pronouns need no name.
    """
    source, span = sentence.paragraph, sentence.span
    edits = list(date_edits(source.text, span, source.date))
    if not follows and (name := _pronoun_edit(sentence)):
        edits.append(name)
    prefix = COMMENT if is_comment(source.heading, source.text, span) else ""
    return prefix + apply_edits(source.text, span, edits)


def antecedent(sentence: QuotedSpan) -> QuotedSpan | None:
    """The sentence before, where this one opens with a pronoun and it is not certain who is meant."""
    source, span = sentence.paragraph, sentence.span
    if span not in source.sentences[1:] or not opens_with_pronoun(source.text, span) or _pronoun_edit(sentence):
        return None
    return QuotedSpan(source, source.sentences[source.sentences.index(span) - 1])


def all_decontextualized(sentences: Sequence[QuotedSpan]) -> list[str]:
    """As `decontextualized`, for sentences shown in this order."""
    return [
        decontextualized(sentence, follows=at > 0 and _is_next(sentences[at - 1], sentence))
        for at, sentence in enumerate(sentences)
    ]


def _pronoun_edit(sentence: QuotedSpan) -> Edit | None:
    spans = sentence.paragraph.sentences
    if sentence.span not in spans:
        return None
    return pronoun_edit(sentence.paragraph.text, spans, spans.index(sentence.span))


def _is_next(before: QuotedSpan, sentence: QuotedSpan) -> bool:
    spans = sentence.paragraph.sentences
    if before.paragraph.key != sentence.paragraph.key or before.span not in spans or sentence.span not in spans:
        return False
    return spans.index(sentence.span) == spans.index(before.span) + 1
