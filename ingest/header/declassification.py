"""The date on the executive order's line: `E.O. 12958: DECL: 08/28/2018`."""

import re
from datetime import date

from ingest.header.header_text import header
from rag.domain.cable_id import full_year
from rag.domain.periods import MONTHS, SHORT_MONTH

_LABEL = re.compile(
    r"(?i)(?<![a-z])DECL(?:AS(?:SIFY|SIFIED|SIFICATION)?)?(?:[ \t]{1,2}ON)?[ \t]{0,4}[:;.,]?[ \t]{0,8}\n?[ \t]{0,8}"
)
_SEPARATOR = r"[ ]?[/.-]{1,2}[ ]?"
_MONTH_NAME = rf"(?P<name>{SHORT_MONTH})[A-Z]{{0,6}}"
_YEAR = r"(?P<year>\d{4}|\d\d)(?!\d)"
_FORMS = (
    re.compile(rf"(?P<year>\d{{4}}){_SEPARATOR}(?P<month>\d\d?){_SEPARATOR}(?P<day>\d\d?)(?!\d)"),
    re.compile(rf"(?P<month>\d\d?){_SEPARATOR}(?P<day>\d\d?){_SEPARATOR}{_YEAR}"),
    re.compile(rf"(?P<day>\d\d?)[ -]?{_MONTH_NAME}[.,]?[ -]?{_YEAR}", re.IGNORECASE | re.ASCII),
    re.compile(rf"{_MONTH_NAME}\.?[ ]{{1,2}}(?P<day>\d\d?)[.,]?[ ]{{1,2}}{_YEAR}", re.IGNORECASE | re.ASCII),
    re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)"),
)


def parse_declassification(text: str) -> date | None:
    """The day of declassification; None for OADR, N/A, an exemption (`25X1`) or no date.

    Accepted forms: 08/28/2018, 2018/08/28, 8-28-18, 28 AUG 2018, AUGUST 28, 2018 and 20180828. A month over 12 is
    taken for the day, and the day for the month.
    """
    head = header(text)
    for label in _LABEL.finditer(head):
        for form in _FORMS:
            if match := form.match(head, label.end()):
                return _date(match)
    return None


def _date(match: re.Match[str]) -> date | None:
    fields = match.groupdict()
    year, day = int(fields["year"]), int(fields["day"])
    month = MONTHS[fields["name"].lower()] if "name" in fields else int(fields["month"])
    if month > 12:
        month, day = day, month
    try:
        return date(full_year(year) if year < 100 else year, month, day)
    except ValueError:
        return None
