"""Dates that only a cable's own date resolves: "last week", "yesterday".

Only what is certain is resolved. A day without its year ("June 30") is not: it may be an anniversary. A word within
quotation marks is its speaker's, of a day that is not known; so is one behind another date in its sentence ("on May 3
he said that last week ..."). Around midnight UTC the post's own day is not known, nor at a weekend which week is the
last.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from rag.edit import Edit
from rag.periods import MONTH
from rag.sentences import Span

_RELATIVE = re.compile(
    r"\b(?:(?P<day>yesterday|tomorrow|(?:earlier|later) today)"
    r"|(?P<which>(?<!the )(?:last|next)|this) (?P<unit>week|month|year))\b(?!['’]s|-)",
    re.IGNORECASE,
)
_ANY_DATE = re.compile(
    rf"\b(?:{MONTH})\.? \d{{1,2}}\b|\b\d{{1,2}} (?:{MONTH})\b|\b(?:19|20)\d\d\b"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b",
    re.IGNORECASE,
)
_SURE_HOURS = range(5, 20)  # UTC: at a post that is awake then, its own day is that of UTC
_SATURDAY = 5


def dates_of(text: str, span: Span, sent: str | None) -> Iterator[Edit]:
    """What is put into this sentence of a paragraph's text, the date in square brackets behind each such word.

    `sent` is the date of the cable, ISO 8601 UTC.
    """
    if sent is None:
        return
    moment = datetime.fromisoformat(sent).astimezone(UTC)
    for match in _RELATIVE.finditer(text, span.start, span.end):
        if _is_quoted(text, match.start()) or _ANY_DATE.search(text, span.start, match.start()):
            continue
        meant = _day(match["day"].lower(), moment) if match["day"] else _period(match, moment.date())
        if meant:
            yield Edit(match.end(), match.end(), f" [{meant}]")


def _day(word: str, moment: datetime) -> str | None:
    if moment.hour not in _SURE_HOURS and (moment.hour, moment.minute) != (0, 0):  # a date without a time is the post's
        return None
    return _written(moment.date() + timedelta(days={"yesterday": -1, "tomorrow": 1}.get(word, 0)))


def _period(match: re.Match[str], day: date) -> str | None:
    steps, unit = {"last": -1, "this": 0, "next": 1}[match["which"].lower()], match["unit"].lower()
    if unit == "week":
        monday = day - timedelta(days=day.weekday() - 7 * steps)
        return f"week of {_written(monday)}" if day.weekday() < _SATURDAY else None
    beside = {(day + timedelta(days=days)).month for days in (-1, 1)}
    if beside != {day.month}:  # elsewhere it may be another month already
        return None
    if unit == "year":
        return str(day.year + steps)
    months = 12 * day.year + day.month - 1 + steps
    return f"{date(months // 12, months % 12 + 1, 1):%B %Y}"


def _is_quoted(text: str, at: int) -> bool:
    before = text[:at]
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")


def _written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
