"""Questions to start with, made from the subjects of the archive's own cables."""

from rag.domain.cable import Cable
from rag.text.subject_case import post_in_words, titled

_MAX_LENGTH = 80


def suggested_question(cable: Cable) -> str | None:
    """A question about what the cable's subject line announces, or None where it makes none."""
    if not cable.subject or len(cable.subject) > _MAX_LENGTH or len(cable.subject.split()) < 3:
        return None
    subject = titled(cable).rstrip(" .")
    if all(paragraph.text.isupper() for paragraph in cable.paragraphs):
        return None  # the text is in capitals too, and does not tell names from words
    return subject if subject.endswith("?") else f"What did {post_in_words(cable.post)} report about “{subject}”?"
