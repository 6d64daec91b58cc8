"""Times that name a part of a year, a decade, or a year and what follows: "the first six months of 2007"."""

import calendar
import re
from collections.abc import Callable
from datetime import date

from rag.domain.periods import MONTH, MONTHS, Period
from rag.query.named_times import NamedTime
from rag.text.number_words import FIGURES

_YEAR = r"(?P<year>19[6-9]\d|20[0-2]\d)\b"
_HALVES = {"first": (1, 6), "second": (7, 12), "latter": (7, 12), "last": (7, 12)}
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}


def _months(year: int, first: int, last: int) -> Period:
    return Period(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))


def _of_months(match: re.Match[str]) -> Period | None:
    count = FIGURES.get(match["count"].lower(), match["count"])
    if not count.isdigit() or not 1 <= int(count) <= 12:
        return None
    first, last = (1, int(count)) if match["end"].lower() == "first" else (13 - int(count), 12)
    return _months(int(match["year"]), first, last)


def _of_half(match: re.Match[str]) -> Period:
    return _months(int(match["year"]), *_HALVES[match["end"].lower()])


def _of_quarter(match: re.Match[str]) -> Period:
    quarter = _QUARTERS[match["end"].lower()]
    return _months(int(match["year"]), 3 * quarter - 2, 3 * quarter)


def _decade(match: re.Match[str]) -> Period:
    return Period(date(int(match["year"]), 1, 1), date(int(match["year"]) + 9, 12, 31))


def _range(match: re.Match[str]) -> Period | None:
    first = MONTHS[(match["month"] or "jan").lower()]
    last = MONTHS[(match["last_month"] or "dec").lower()]
    year = int(match["last_year"])
    period = Period(date(int(match["year"]), first, 1), date(year, last, calendar.monthrange(year, last)[1]))
    return period if period.first and period.last and period.first <= period.last else None


def _days(match: re.Match[str]) -> Period | None:
    year, first, last = int(match["year"]), MONTHS[match["month"].lower()], MONTHS[match["last_month"].lower()]
    try:
        period = Period(date(year, first, int(match["day"])), date(year, last, int(match["last_day"])))
    except ValueError:  # 31 June
        return None
    return period if period.first and period.last and period.first <= period.last else None


def _open(match: re.Match[str]) -> Period:
    year = int(match["year"])
    later = match["side"].lower() in ("later", "after", "afterwards", "onwards", "since")
    return Period(date(year, 1, 1), None) if later else Period(None, date(year, 12, 31))


_PARTS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Period | None]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), period)
    for pattern, period in (
        (rf"\b(?:the )?(?P<end>first|last) (?P<count>\w{{1,8}}) months of {_YEAR}", _of_months),
        (rf"\b(?:the )?(?P<end>{'|'.join(_HALVES)}) half of {_YEAR}", _of_half),
        (rf"\b(?:the )?(?P<end>{'|'.join(_QUARTERS)}) quarter of {_YEAR}", _of_quarter),
        (r"\bthe (?P<year>19[6-9]0|20[0-2]0)['’]?s\b", _decade),
        (
            rf"\b(?:(?P<month>{MONTH})\.? )?{_YEAR} ?(?:to|until|till|through|and|[-–]) "
            rf"?(?:(?P<last_month>{MONTH})\.? )?"
            r"(?P<last_year>19[6-9]\d|20[0-2]\d)\b",
            _range,
        ),
        (
            rf"\b(?:between |from )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month>{MONTH}) ?"
            r"(?:to|until|till|through|and|[-–]) ?"
            rf"(?P<last_day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<last_month>{MONTH}),? {_YEAR}",
            _days,
        ),
        (rf"\b{_YEAR} (?:or|and) (?P<side>later|after|afterwards|onwards|since|earlier|before)\b", _open),
    )
)


def year_parts(question: str) -> list[NamedTime]:
    """The times of these forms that a question names."""
    return [
        NamedTime(match.start(), match.end(), named)
        for pattern, period in _PARTS
        for match in pattern.finditer(question)
        if (named := period(match)) is not None
    ]
