"""The context that is indexed with a paragraph's own text."""

import re

from rag.domain.cable import Cable, Paragraph
from rag.domain.marking import at_or_above, effective_marking

_POST_AND_DATE = re.compile(r"[^\n]{0,60}?\. \d{1,2} [A-Z][a-z]{2,8} \d{4}(?:\. |\n)")
_POST = re.compile(r"[^.\n]*(?:\. |\n)")


def context_of(cable: Cable, paragraph: Paragraph) -> str:
    """Post and date always; subject and heading only where the paragraph's marking is at or above theirs.

    Otherwise a reader of (U) text could find a paragraph through the words of a secret subject.
    """
    of_cable = effective_marking(None, cable.classification, cable.caveats)
    parts = [cable.post]
    if cable.date is not None:
        parts.append(f"{cable.date:%-d %B %Y}")
    if cable.subject and at_or_above(paragraph.effective_marking, cable.subject_marking or of_cable):
        parts.append(cable.subject)
    if paragraph.heading and at_or_above(paragraph.effective_marking, paragraph.heading_marking or of_cable):
        parts.append(paragraph.heading)
    return ". ".join(parts)


def without_post_and_date(indexed: str) -> str:
    """An indexed text without the post and the date of its cable, which are in every text: with subject and heading."""
    match = _POST_AND_DATE.match(indexed) or _POST.match(indexed)
    return indexed[match.end() :] if match else indexed
