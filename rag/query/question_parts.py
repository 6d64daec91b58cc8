"""A question that asks for several things, taken apart: "How many were killed, and who was blamed?"."""

import re

_ASKING = r"(?:who|whom|whose|what|which|when|where|why|how|did|does|was|were|had|has|is|are)\b"
_PREPOSITION = (
    r"(?:roughly|about|in|to|for|from|on|at|of|with|by|under|over|since|until|before|after|during|through|into|within"
    r"|among|behind|against|near|according to)"
)
# A part starts at a question word after "and" or a full stop; it may have a preposition in front: "and in which city".
_BORDER = re.compile(
    rf"(?P<mark>[,;:.?])?(?: (?:and|but|or),? |(?<=[;?.]) )(?=(?:{_PREPOSITION} )?{_ASKING})", re.IGNORECASE
)
_QUESTION = re.compile(
    rf"(?:[^.?!]*[,:] )?(?:{_PREPOSITION} )?{_ASKING}"
    r"|(?:please )?(?:tell|say|name|list|give|show|find|explain|describe)\b",
    re.IGNORECASE,
)
_FEWEST_WORDS = 3
_MOST_PARTS = 4


def question_parts(question: str) -> tuple[str, ...]:
    """The parts of a question in order, at most 4; empty when it asks for one thing.

    A statement before the first part is its background: "The ferry sank in 2006. What had the harbour done?" asks for
    one thing.
    """
    parts: list[str] = []
    start = 0
    for border in [*_BORDER.finditer(question), None]:
        part = question[start : border.start() if border else None].strip()
        statement = border is not None and border["mark"] == "." and not _QUESTION.match(part)
        start = start if statement or border is None else border.end()
        if not statement and len(part.split()) >= _FEWEST_WORDS:
            parts.append(part)
    return tuple(parts[:_MOST_PARTS]) if len(parts) > 1 else ()
