"""Times that a question names: "in March 2006", "before 2008", "between 2006 and early 2008"."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from rag.domain.periods import MONTH, MONTHS, Period

_DAY = timedelta(days=1)
_LOOK_BACK = 40  # characters before a time in which words of relation stand
_PARTS = {
    "early": (1, 5),
    "mid": (4, 9),
    "late": (8, 12),
    "spring": (3, 6),
    "summer": (6, 9),
    "autumn": (9, 12),
    "fall": (9, 12),
    "beginning": (1, 5),
    "start": (1, 5),
    "middle": (4, 9),
    "end": (8, 12),
}
"""First and last month of the parts of a year, generously."""
_POINT = re.compile(
    rf"(?:the )?(?:\b(?P<part>{'|'.join(_PARTS)})[ -](?:of |in )?)?"
    rf"(?:\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?)?(?P<month>{MONTH})\b\.?"
    r"(?: (?P<day_after>\d{1,2})(?:st|nd|rd|th)?)?,? (?:of )?)?(?<!\d[,.])\b(?P<year>19[6-9]\d|20[0-2]\d)\b(?![,.]\d)",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\b(?:between|from) $", re.IGNORECASE)
_MONTH_TO = re.compile(rf"\b(?:between|from) (?P<month>{MONTH}) (?:and|to|until|through) $", re.IGNORECASE)
_TO = re.compile(r" (?:and|to|until|till|through) ", re.IGNORECASE)
_DASH = re.compile(r" ?[-–] ?")
_FROM = re.compile(r"\b(?:from|in) $", re.IGNORECASE)
_ONWARDS = re.compile(r" (?:on|onwards?)\b", re.IGNORECASE)
_OR_LATER = re.compile(r",? (?:or|and) (?P<way>later|earlier)\b", re.IGNORECASE)
_MONTH_AND = re.compile(rf"\b(?P<month>{MONTH}) (?:and|or|&) $", re.IGNORECASE)
_RELATIONS: tuple[tuple[re.Pattern[str], Callable[[date, date], Period]], ...] = tuple(
    (re.compile(rf"\b(?:{words}) $", re.IGNORECASE), period)
    for words, period in (
        ("before|prior to|earlier than|older than|ahead of", lambda first, _: Period(None, first - _DAY)),
        ("until|till|up to|through|by|(?:no|not) later than", lambda _, last: Period(None, last)),
        ("after|later than|newer than|following", lambda _, last: Period(last + _DAY, None)),
        ("since|starting(?: in)?|beginning in|as of", lambda first, _: Period(first, None)),
    )
)


@dataclass(frozen=True, slots=True)
class NamedTime:
    """A period, and from where to where the question names it; words such as "before" belong to it."""

    start: int
    end: int
    period: Period


def named_times(question: str) -> list[NamedTime]:
    """The times that a question names, in its order."""
    points = [(point, days) for point in _POINT.finditer(question) if (days := _days(point))]
    times: list[NamedTime] = []
    while points:
        point, (first, last) = points.pop(0)
        if points and (start := _range_start(question, point, points[0][0])) is not None:
            end, (_, last) = points.pop(0)
            times.append(NamedTime(start, end.end(), Period(first, last)))
        else:
            times.append(_one_time(question, point, first, last))
    return times


def _range_start(question: str, point: re.Match[str], following: re.Match[str]) -> int | None:
    """Where "between 2006 and 2008", "from 2006 to 2008" or "2006-2008" starts; None if these points are no range."""
    between = question[point.end() : following.start()]
    if _DASH.fullmatch(between):
        return point.start()
    opening = _RANGE.search(question, max(0, point.start() - _LOOK_BACK), point.start())
    return opening.start() if opening and _TO.fullmatch(between) else None


def _one_time(question: str, point: re.Match[str], first: date, last: date) -> NamedTime:
    around = max(0, point.start() - _LOOK_BACK), point.start()
    if opening := _MONTH_TO.search(question, *around):
        first = date(first.year, _month(opening), 1)
        return NamedTime(opening.start(), point.end(), Period(first, last))
    if side := _OR_LATER.match(question, point.end()):
        open_end = Period(first, None) if side["way"].casefold() == "later" else Period(None, last)
        return NamedTime(point.start(), side.end(), open_end)
    if point["month"] and (opening := _MONTH_AND.search(question, *around)) and _month(opening) == first.month - 1:
        first = date(first.year, _month(opening), 1)
        return NamedTime(opening.start(), point.end(), Period(first, last))
    for pattern, period in _RELATIONS:
        if word := pattern.search(question, *around):
            return NamedTime(word.start(), point.end(), period(first, last))
    if (word := _FROM.search(question, *around)) and (onwards := _ONWARDS.match(question, point.end())):
        return NamedTime(word.start(), onwards.end(), Period(first, None))
    return NamedTime(point.start(), point.end(), Period(first, last))


def _month(match: re.Match[str]) -> int:
    return MONTHS[match["month"].lower()]


def _days(point: re.Match[str]) -> tuple[date, date] | None:
    """The first and the last day of a year, month or day; None for a day that no calendar has."""
    year, month = int(point["year"]), point["month"] and _month(point)
    first, last = (month, month) if month else _PARTS.get((point["part"] or "").lower(), (1, 12))
    last_day = calendar.monthrange(year, last)[1]
    if day := point["day"] or point["day_after"]:
        on = date(year, first, int(day)) if 1 <= int(day) <= last_day else None
        return None if on is None else (on, on)
    return date(year, first, 1), date(year, last, last_day)
