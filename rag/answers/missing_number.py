"""Whether the number a question asks for is there: a number of that kind of thing, said of what is asked about."""

import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from rag.answers.question_match import QuestionMatch, content_tokens
from rag.domain.periods import MONTH
from rag.domain.span import Span
from rag.text.number_words import QUANTITY

_ASKED = re.compile(
    r"\bhow (?:many|much|large|big|long|far|often|old|high)\b|\bnumber of\b"
    r"|\bwhat (?=(?:\w+ )?(?:percent|share|proportion|amount|price|sum|salary|sentence|budget|cost|population|rate)\b)",
    re.IGNORECASE,
)
_NO_QUANTITY = re.compile(
    rf"\b(?:{MONTH})\.? \d{{1,2}}(?:st|nd|rd|th)?\b|\b\d{{1,2}} (?:{MONTH})\b|\b(?:19|20)\d\d(?:-\d\d)?\b(?!,\d)"
    r"|\b\d{1,2}:\d\d|\b\d+(?:st|nd|rd|th)\b|\b[A-Z]+-?\d+|\bparas?(?:graphs?)? \d+|\d+/\d+",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    rf"\b\d[\d,.]*|\b(?:{QUANTITY}|twice|none|nobody)\b",
    re.IGNORECASE,
)
_ASKS_MONEY = re.compile(
    r"\b(?:what|how much) (?:\w+ ){0,3}(?:price|salary|budget|cost|money|sum)\b"
    r"|\bhow much [^?]*\b(?:pa(?:y|id)|cost|owed?)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"(?:[$€£¥]|\b(?:USD?|EUR?|GBP|DM|US[$]) ?)\d[\d,.]*"
    r"|\b\d[\d,.]*(?= ?(?:(?:m|b|tr)illion|bn|[$€£]|dollars?|euros?|pounds?|sterling|yen|yuan|rou?bles?|marks?|francs?"
    r"|crowns?|kron\w+|pesos?|dinars?|dirhams?|ri[ay]ls?|rupees?|shekels?|lira|florins?|baht|reais|cents?|USD|EUR"
    r"|[a-z]{3,}s (?:a|per|each|in all)\b))",
    re.IGNORECASE,
)
_UNIT_BEFORE, _UNIT_AFTER, _BESIDE = 14, 28, 60  # characters
_MOST = 0.6
_COUNTED_WORDS = 2
"""How many words behind "how many" name what is counted."""


def asks_quantity(question: str) -> bool:
    """Whether the question asks for a number of something."""
    return _ASKED.search(question) is not None


def quantity_coverage(matches: Sequence[QuestionMatch]) -> float:
    """How well the best number of the paragraphs fits, from 0 to 1.8.

    The sum of three similarities, each up to 0.6 so that none makes up for another: of the number's unit to the thing
    counted, of its sentence to the rest of the question, and of the words beside it to the rest of the question.
    """
    return max((fit for match in matches for fit in _fits(match)), default=0.0)


def _fits(match: QuestionMatch) -> Iterator[float]:
    asked = _ASKED.search(match.question)
    if asked is None:
        return
    content, middles = content_tokens(match.question_tokens), match.question_tokens.middles
    counted = [token for token in content if middles[token] > asked.end()][:_COUNTED_WORDS]
    rest = [token for token in content if token not in counted and not asked.start() <= middles[token] <= asked.end()]
    if not counted or not rest:
        return
    numbers = _MONEY if _ASKS_MONEY.search(match.question) else _NUMBER
    text = _NO_QUANTITY.sub(lambda date: "~" * len(date.group()), match.paragraph.text)
    for span in match.paragraph.sentences:
        sentence = match.coverage(rest, match.tokens_between(span.start, span.end))
        for number in numbers.finditer(text, span.start, span.end):
            unit = _tokens_around(match, span, number, _UNIT_BEFORE, _UNIT_AFTER)
            beside = _tokens_around(match, span, number, _BESIDE, _BESIDE)
            if unit.size:
                of_unit = float(match.best_similarity(counted, unit).mean())
                yield sum(min(_MOST, value) for value in (of_unit, sentence, match.coverage(rest, beside)))


def _tokens_around(
    match: QuestionMatch, span: Span, number: re.Match[str], before: int, after: int
) -> NDArray[np.intp]:
    """The tokens of the sentence within so many characters of the number."""
    return match.tokens_between(max(span.start, number.start() - before), min(span.end, number.end() + after))
