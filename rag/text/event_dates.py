"""Days and months that a sentence names, with the year that the date of its cable makes likely."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from rag.domain.periods import MONTH, MONTHS

_LATER = timedelta(days=120)
"""How long after the date of a cable a day without a year may be; else it is of the year before."""
_DAY = re.compile(
    rf"\b(?:(?P<month>{MONTH})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>(?:19|20)\d\d))?"
    rf"|(?P<day_first>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month_after>{MONTH})\.?(?:,? (?P<year_after>(?:19"
    rf"|20)\d\d))?)\b",
    re.IGNORECASE,
)
_MONTH_OF = re.compile(rf"\b(?P<month>{MONTH})\.?,? (?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)


def event_dates(text: str, sent: date) -> Iterator[str]:
    """The days (`2009-11-20`) and, with their years, months (`2007-01`) in the order of the text.

    A day without a year is the last one of that name before `sent`, the day of the cable, or one soon after it.
    """
    found: list[tuple[int, str]] = []
    days = list(_DAY.finditer(text))
    for match in days:
        month = MONTHS[(match["month"] or match["month_after"]).lower()]
        year = match["year"] or match["year_after"]
        if day := _day(int(match["day"] or match["day_first"]), month, int(year) if year else None, sent):
            found.append((match.start(), day.isoformat()))
    found += (
        (match.start(), f"{match['year']}-{MONTHS[match['month'].lower()]:02d}")
        for match in _MONTH_OF.finditer(text)
        if not any(day.start() < match.end() and match.start() < day.end() for day in days)
    )
    yield from dict.fromkeys(written for _, written in sorted(found))


def _day(day: int, month: int, year: int | None, sent: date) -> date | None:
    years = [year] if year else [sent.year + 1, sent.year, sent.year - 1]
    for each in years:
        try:
            named = date(each, month, day)
        except ValueError:
            continue
        if year or named <= sent + _LATER:
            return named
    return None
