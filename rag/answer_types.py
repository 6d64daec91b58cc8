"""What kind of thing a question asks for, and how that looks in a sentence."""

import re
from dataclasses import dataclass

_COUNTS = "two three four five six seven eight nine ten eleven twelve dozen hundred thousand million billion half third"
NUMBER = re.compile(rf"\b\d[\d,.]*\b|\b(?:{'|'.join(_COUNTS.split())}|percent)\b", re.IGNORECASE)
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
    """A kind of answer: `asked` finds it in a question, `given` in a sentence."""

    name: str
    asked: re.Pattern[str]
    given: re.Pattern[str]

    def fits(self, sentence: str, question: str) -> bool:
        """Whether the sentence holds such a thing that the question does not name itself."""
        known = " ".join(question.split()).casefold()
        return any(match.group().strip().casefold() not in known for match in self.given.finditer(sentence))


def _asked(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_TYPES = (
    AnswerType(
        "number",
        _asked(
            r"\bhow (?:many|much|large|big|long|far|often|old|high|tall|fast|deep|heavy)\b|\bnumber of\b"
            r"|\bwhat (?:percent|share|proportion|amount|price|sum)|\bhow (?:\w+ )?(?:money|cost)"
        ),
        NUMBER,
    ),
    AnswerType(
        "time", _asked(r"\bwhen\b|\b(?:what|which) (?:date|day|month|year)\b|\bhow soon\b|\bby what time"), _TIME
    ),
    AnswerType(
        "reason",
        _asked(
            r"\bwhy\b|\bwhat (?:\w+ )?(?:reasons?|explain\w*|grounds?|caus\w+)\b|\bon what grounds?\b|\bhow come\b"
            r"|\bwhat for\b"
        ),
        _REASON,
    ),
    AnswerType(
        "person",
        _asked(r"\bwho(?:m|se)?\b|\bwhich (?:person|minister|official|company|firm|country|party|group)"),
        NAME,
    ),
    AnswerType(
        "place",
        _asked(
            r"\bwhere\b|\bwhich (?:port|city|country|place|base|town|island)\b"
            r"|\bwhat (?:city|country|place|town|port)\b"
        ),
        _PLACE,
    ),
)


def answer_type(question: str) -> AnswerType | None:
    """The first kind of answer the question asks for."""
    return next((each for each in _TYPES if each.asked.search(question)), None)
