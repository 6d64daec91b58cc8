"""A question that asks for several things, taken apart: "How many were killed, and who was blamed?"."""

import re

# A part starts at a question word after "and" or a full stop; it may have a preposition in front: "and in which city".
_BORDER = re.compile(
    r"(?:[,;:.?]? (?:and|but|or),? |[;?.] )"
    r"(?=(?:(?:roughly|about|in|to|for|from|on|at|of|with|by|under|over) )?"
    r"(?:who|whom|whose|what|which|when|where|why|how|did|does|was|were|had|has|is|are)\b)",
    re.IGNORECASE,
)
_FEWEST_WORDS = 3
_MOST_PARTS = 4


def question_parts(question: str) -> tuple[str, ...]:
    """The parts of a question in order, at most 4; empty when it asks for one thing."""
    parts = [part.strip() for part in _BORDER.split(question)]
    parts = [part for part in parts if len(part.split()) >= _FEWEST_WORDS]
    return tuple(parts[:_MOST_PARTS]) if len(parts) > 1 else ()
