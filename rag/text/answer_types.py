"""What kind of thing a question asks for, and how that looks in a sentence."""

import re
from dataclasses import dataclass

from rag.text.number_words import QUANTITY

NUMBER = re.compile(rf"\b\d[\d,.]*\b|\b(?:{QUANTITY})\b", re.IGNORECASE)
NAME = re.compile(r"(?<![.?!:;\"“] )(?<!^)\b[A-Z][a-zA-Z'’-]{2,}")
_TIME = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:19|20)\d\d"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|tomorrow|weeks?|months?|years?|days?)\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|since|due to|owing to|in order to|so that|as a result|reasons?|given|fears?|concern(?:ed|s)?"
    r"|therefore|thus|to (?:avoid|ensure|protect|prevent)|led to|blam\w+|caus\w+|argu\w+|explain\w+"
    r"|not(?:ed|ing) that)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\b(?:in|at|to|from|near|of|into|off) (?:the )?[A-Z][a-z]+")


@dataclass(frozen=True, slots=True)
class AnswerType:
    """A kind of answer: `in_question` finds that a question asks for it, `in_sentence` finds it in a sentence."""

    name: str
    in_question: re.Pattern[str]
    in_sentence: re.Pattern[str]

    def is_stated(self, sentence: str, question: str) -> bool:
        """Whether the sentence holds a match that the question does not contain itself."""
        known = " ".join(question.split()).casefold()
        return any(match.group().strip().casefold() not in known for match in self.in_sentence.finditer(sentence))


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_TYPES = (
    AnswerType(
        "number",
        _pattern(
            r"\bhow (?:many|much|large|big|long|far|often|old|high|tall|fast|deep|heavy)\b|\bnumber of\b"
            r"|\bwhat (?:percent|share|proportion|amount|price|sum)|\bhow (?:\w+ )?(?:money|cost)"
        ),
        NUMBER,
    ),
    AnswerType(
        "time", _pattern(r"\bwhen\b|\b(?:what|which) (?:date|day|month|year)\b|\bhow soon\b|\bby what time"), _TIME
    ),
    AnswerType(
        "reason",
        _pattern(
            r"\bwhy\b|\bwhat (?:\w+ )?(?:reasons?|explain\w*|grounds?|caus\w+)\b|\bon what grounds?\b|\bhow come\b"
            r"|\bwhat for\b"
        ),
        _REASON,
    ),
    AnswerType(
        "person",
        _pattern(r"\bwho(?:m|se)?\b|\bwhich (?:person|minister|official|company|firm|country|party|group)"),
        NAME,
    ),
    AnswerType(
        "place",
        _pattern(
            r"\bwhere\b|\bwhich (?:port|city|country|place|base|town|island)\b"
            r"|\bwhat (?:city|country|place|town|port)\b"
        ),
        _PLACE,
    ),
)


def answer_type(question: str) -> AnswerType | None:
    """The kind of answer the question asks for; the first that matches."""
    return next((kind for kind in _TYPES if kind.in_question.search(question)), None)
