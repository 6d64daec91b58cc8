"""Checking a question before any work is done on it."""

from rag.errors import BadInput

MOST_CHARACTERS = 4000


def checked(question: str) -> str:
    """The question without surrounding white space.

    Raises:
        BadInput: it is empty, or longer than `MOST_CHARACTERS`.
    """
    stripped = question.strip()
    if not stripped:
        raise BadInput("the question is empty; ask something, such as: what was decided about the port?")
    if len(stripped) > MOST_CHARACTERS:
        raise BadInput(f"the question has {len(stripped):,} characters; the most is {MOST_CHARACTERS:,}")
    return stripped
