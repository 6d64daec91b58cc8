"""Relative dates such as "last week" and "yesterday", resolved by the date of the cable.

Only what is certain is resolved. These are not:
- a day without a year ("June 30"): it may be an anniversary;
- words in quotation marks, or after another date in the sentence ("on May 3 he said that last week ..."): the day they
  count from is not known;
- days, if the cable was sent around midnight UTC: the date at the post may differ;
- weeks, if the cable was sent at a weekend: "last week" may mean the one just ending.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from rag.domain.periods import MONTH
from rag.domain.span import Span
from rag.text.edit import Edit
from rag.text.sentences import is_open_quotation

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
_SAME_DAY_HOURS = range(5, 20)  # UTC hours at which a post in its working day has the UTC date
_SATURDAY = 5


def date_edits(text: str, span: Span, sent: str | None) -> Iterator[Edit]:
    """Insertions of the date, in square brackets, after each relative date of this sentence of the text.

    `sent` is the date of the cable, ISO 8601 UTC.
    """
    if sent is None:
        return
    moment = datetime.fromisoformat(sent).astimezone(UTC)
    for match in _RELATIVE.finditer(text, span.start, span.end):
        if is_open_quotation(text[: match.start()]) or _ANY_DATE.search(text, span.start, match.start()):
            continue
        resolved = _day(match["day"].lower(), moment) if match["day"] else _period(match, moment.date())
        if resolved:
            yield Edit(match.end(), match.end(), f" [{resolved}]")


def _day(word: str, moment: datetime) -> str | None:
    has_time = (moment.hour, moment.minute) != (0, 0)  # a date without a time is the date at the post
    if has_time and moment.hour not in _SAME_DAY_HOURS:
        return None
    return _written(moment.date() + timedelta(days={"yesterday": -1, "tomorrow": 1}.get(word, 0)))


def _period(match: re.Match[str], day: date) -> str | None:
    steps, unit = {"last": -1, "this": 0, "next": 1}[match["which"].lower()], match["unit"].lower()
    if unit == "week":
        monday = day - timedelta(days=day.weekday() - 7 * steps)
        return f"week of {_written(monday)}" if day.weekday() < _SATURDAY else None
    neighbours = {(day + timedelta(days=days)).month for days in (-1, 1)}
    if neighbours != {day.month}:  # at the post it may be another month
        return None
    if unit == "year":
        return str(day.year + steps)
    months = 12 * day.year + day.month - 1 + steps
    return f"{date(months // 12, months % 12 + 1, 1):%B %Y}"


def _written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
