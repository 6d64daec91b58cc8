"""Whether the number a question asks for is there: a number of that kind of thing, said of what is asked about."""

import re
from collections.abc import Iterator, Sequence

from rag.matching import Match, content_tokens
from rag.periods import MONTH

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
    r"\b\d[\d,.]*|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty"
    r"|dozens?|hundreds?|thousands?|millions?|billions?|half|third|quarter|twice|percent|none|nobody)\b",
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
_NEAR = 0.6
_KIND = 2
"""How many words behind "how many" say what is counted."""


def asks_quantity(question: str) -> bool:
    """Whether the question asks for a number of something."""
    return _ASKED.search(question) is not None


def quantity_held(matches: Sequence[Match]) -> float:
    """How well the best number of the paragraphs fits, from 0 to 1.8.

    The sum of three nearnesses, each up to 0.6, so that none makes up for another: of the number's unit to the thing
    counted, of its sentence and of the words beside it to the rest of the question.
    """
    return max((value for each in matches for value in _fits(each)), default=0.0)


def _fits(match: Match) -> Iterator[float]:
    found = _ASKED.search(match.question)
    if found is None:
        return
    content = content_tokens(match.asked)
    kind = [at for at in content if match.asked.middles[at] > found.end()][:_KIND]
    rest = [at for at in content if at not in kind and not found.start() <= match.asked.middles[at] <= found.end()]
    if not kind or not rest:
        return
    numbers = _MONEY if _ASKS_MONEY.search(match.question) else _NUMBER
    text = _NO_QUANTITY.sub(lambda date: "~" * len(date.group()), match.passage.text)
    for span in match.spans:
        tokens = match.tokens(span.start, span.end)
        whole = match.held(rest, tokens)
        for number in numbers.finditer(text, span.start, span.end):
            near = match.tokens(
                max(span.start, number.start() - _UNIT_BEFORE), min(span.end, number.end() + _UNIT_AFTER)
            )
            beside = match.tokens(max(span.start, number.start() - _BESIDE), min(span.end, number.end() + _BESIDE))
            if near.size:
                unit = float(match.nearest(kind, near).mean())
                yield sum(min(_NEAR, each) for each in (unit, whole, match.held(rest, beside)))
