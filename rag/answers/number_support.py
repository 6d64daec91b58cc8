"""Whether numbers and dates in a sentence are in its sources: as they stand, computed from them, or dates near them."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import permutations

from rag.domain.periods import MONTHS
from rag.domain.retrieved_paragraph import RetrievedParagraph
from rag.text.surface_facts import months, numbers, stated_numbers

_RELATIVE = re.compile(
    r"\b(?:yesterday|today|tonight|tomorrow|(?:last|this|next|past|coming) (?:week|month|year|\w+day)|\w+day|earlier"
    r"|recent|ago|later|same day)",
    re.IGNORECASE,
)
_RELATIVE_DAYS = 45
_DATE = re.compile(
    r"\b(?:(?P<day>\d{1,2})(?:st|nd|rd|th)? )?(?P<month>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?)"
    r"(?: (?P<day2>\d{1,2})(?:st|nd|rd|th)?\b)?(?:,? (?P<year>(?:19|20)\d\d))?\b"
)


_FRACTION = re.compile(r"\b(?:an?|one|two|three|four) (?:third|quarter|fifth|tenth)s?\b", re.IGNORECASE)
_COMPUTED = re.compile(
    r"\b(?:times|total\w*|altogether|in all|combined|difference|remain\w*|leav\w+|the (?:other|rest)|each|average"
    r"|spread|a (?:third|quarter|half|year|month|week|day)|(?:days|years) (?:before|after|later|earlier)|fold|double"
    r"|twice)\b",
    re.IGNORECASE,
)
"""Words that say a number was computed. Without one of them, a number that some sum of others gives is chance."""
_ROUNDED = re.compile(
    r"\b(?:about|around|roughly|some|nearly|almost|approximately|more than|over|less than|under|fewer than)\b",
    re.IGNORECASE,
)
_TOLERANCE = 0.05  # of a rounded number
_MOST_NUMBERS = 60


def missing_numbers(sentence: str, evidence: str, cited: Sequence[RetrievedParagraph]) -> list[str]:
    """The numbers in a sentence that the evidence neither has nor, where the sentence says so, gives by arithmetic."""
    sent = [day for each in cited if (day := _sent(each))]
    known = numbers(evidence) | {str(day.year) for day in sent}
    missing = stated_numbers(_FRACTION.sub("", _without_dates_near(sentence, cited))) - known
    if missing and _COMPUTED.search(sentence):
        results = _results([float(number) for number in sorted(known)[:_MOST_NUMBERS]])
        tolerance = _TOLERANCE if _ROUNDED.search(sentence) else 1e-6
        missing = frozenset(number for number in missing if not _is_among(float(number), results, tolerance))
    return sorted(missing)


def missing_months(sentence: str, evidence: str, cited: Sequence[RetrievedParagraph]) -> list[str]:
    """The months in a sentence, by their first three letters, that neither the evidence nor a date near it has."""
    return sorted(months(_without_dates_near(sentence, cited)) - months(evidence))


def _results(known: Sequence[float]) -> list[float]:
    """What addition, subtraction, multiplication and division of two of these numbers give."""
    return [
        result
        for one, other in permutations(known, 2)
        for result in (one + other, one - other, one * other, one / other if other else 0.0)
    ]


def _is_among(number: float, results: Sequence[float], tolerance: float) -> bool:
    return any(abs(result - number) <= tolerance * abs(number) for result in results)


def _without_dates_near(sentence: str, cited: Sequence[RetrievedParagraph]) -> str:
    """The sentence without the dates of cited cables, nor dates near them where the text says "last week"."""

    def kept(match: re.Match[str]) -> str:
        return "" if any(_is_near(match, each) for each in cited) else match.group()

    return _DATE.sub(kept, sentence)


def _is_near(written: re.Match[str], source: RetrievedParagraph) -> bool:
    sent = _sent(source)
    if sent is None:
        return False
    day, year = written["day"] or written["day2"], int(written["year"] or sent.year)
    try:
        date = datetime(year, MONTHS[written["month"][:3].lower()], int(day or sent.day), tzinfo=UTC)
    except ValueError:
        return False
    tolerance = _RELATIVE_DAYS if _RELATIVE.search(source.text) else 0
    return abs((date - sent).days) <= tolerance


def _sent(source: RetrievedParagraph) -> datetime | None:
    """Midnight (UTC) of the day on which the cable was sent."""
    if not source.date:
        return None
    return datetime.fromisoformat(source.date).astimezone(UTC).replace(hour=0, minute=0, second=0)
