"""Whether numbers and dates in a sentence are in its sources: as they stand, computed from them, or dates near them."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import permutations

from rag.domain.periods import MONTHS
from rag.domain.retrieved_paragraph import RetrievedParagraph
from rag.text.event_dates import event_dates
from rag.text.number_words import FIGURES, ONE_TO_TEN
from rag.text.surface_facts import months, numbers, stated_numbers

_RELATIVE = re.compile(
    r"\b(?:yesterday|today|tonight|tomorrow|(?:last|this|next|past|coming) (?:week|month|year|\w+day)|\w+day|earlier"
    r"|recent(?:ly)?|ago|later|same day)\b",
    re.IGNORECASE,
)
_RELATIVE_DAYS = 45
_DATE = re.compile(
    r"\b(?:(?P<day>\d{1,2})(?:st|nd|rd|th)? )?(?P<month>(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?"
    r"|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?)"
    r"(?: (?P<day2>\d{1,2})(?:st|nd|rd|th)?\b)?(?:,? (?P<year>(?:19|20)\d\d))?\b"
)


_OTHER_YEAR = re.compile(
    rf"\b(?:(?:last|past|previous) year|a year ago|(?P<number>{'|'.join(ONE_TO_TEN)}|\d{{1,2}}) years? ago"
    r"|(?P<next>next|coming) year)\b",
    re.IGNORECASE,
)
_FRACTION = re.compile(r"\b(?:an?|one|two|three|four) (?:third|quarter|fifth|tenth)s?\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_SUM = re.compile(
    r"\b(?:total\w*|altogether|in all|combined|difference|remain\w*|leav\w+|the (?:other|rest)|fall short)\b",
    re.IGNORECASE,
)
_RATIO = re.compile(r"\b(?:times|fold|twice|double\w*|each|average|spread evenly|a year|per)\b", re.IGNORECASE)
"""Words that say a number was computed. Without one of them, a number that some sum of others gives is chance."""
_TOLERANCE = 0.05  # of a ratio, which may be rounded
_MOST_NUMBERS = 40  # that are computed with; so many in a paragraph are a table
_MOST_COMPUTED = 3  # numbers of one sentence


def missing_numbers(sentence: str, evidence: str, cited: Sequence[RetrievedParagraph]) -> list[str]:
    """The numbers in a sentence that the evidence neither has nor, where the sentence says so, gives by arithmetic."""
    sent = [day for each in cited if (day := _sent(each))]
    held = numbers(evidence)
    missing = stated_numbers(_FRACTION.sub("", _without_dates_near(sentence, cited)))
    missing -= held | {str(day.year) for day in sent} | _years_near(cited)
    operands = [float(number) for number in held if not _YEAR.fullmatch(number)]
    if len(missing) > _MOST_COMPUTED or len(operands) > _MOST_NUMBERS:
        return sorted(missing)
    return sorted(number for number in missing if not _is_computed(sentence, float(number), operands))


def _is_computed(sentence: str, number: float, operands: Sequence[float]) -> bool:
    """Whether the sentence says that numbers were added, subtracted or divided, and two of these give this one."""
    pairs = list(permutations(operands, 2))
    if _SUM.search(sentence) and any(number in (one + other, one - other) for one, other in pairs):
        return True
    ratios = (value for one, other in pairs if other for value in (one / other, one * other))
    return _RATIO.search(sentence) is not None and any(abs(ratio - number) <= _TOLERANCE * number for ratio in ratios)


def _years_near(cited: Sequence[RetrievedParagraph]) -> set[str]:
    """The years that "last year" and "two years ago" mean in these paragraphs."""
    found = set()
    for source in cited:
        if sent := _sent(source):
            for match in _OTHER_YEAR.finditer(source.text):
                ago = (match["number"] or "one").lower()
                found.add(str(sent.year + 1 if match["next"] else sent.year - int(FIGURES.get(ago, ago))))
    return found


def missing_months(sentence: str, evidence: str, cited: Sequence[RetrievedParagraph]) -> list[str]:
    """The months in a sentence, by their first three letters, that neither the evidence nor a date near it has."""
    return sorted(months(_without_dates_near(sentence, cited)) - months(evidence))


def _without_dates_near(sentence: str, cited: Sequence[RetrievedParagraph]) -> str:
    """The sentence without the days of cited cables and of their texts, and days near them that mean "last week"."""

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
    if day and date.date().isoformat() in event_dates(source.text, sent.date()):  # the year is that of the cable
        return True
    tolerance = _RELATIVE_DAYS if _RELATIVE.search(source.text) else 0
    return abs((date - sent).days) <= tolerance


def _sent(source: RetrievedParagraph) -> datetime | None:
    """Midnight (UTC) of the day on which the cable was sent."""
    if not source.date:
        return None
    return datetime.fromisoformat(source.date).astimezone(UTC).replace(hour=0, minute=0, second=0)
