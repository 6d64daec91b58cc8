"""A quotation as a reader is shown it: the embassy's comments are marked as such."""

from rag.domain.retrieved_paragraph import QuotedSpan
from rag.text.comments import is_comment

COMMENT = "Embassy comment: "


def shown(quoted: QuotedSpan) -> str:
    """The words as they stand, behind "Embassy comment:" where they are one."""
    source, span = quoted.paragraph, quoted.span
    return f"{COMMENT if is_comment(source.heading, source.text, span) else ''}{quoted.text}"
