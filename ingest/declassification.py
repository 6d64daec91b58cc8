"""The date on the executive order's line: `E.O. 12958: DECL: 08/28/2018`."""

import re
from datetime import date

from ingest.header_text import header
from rag.cable_id import full_year

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_LABEL = re.compile(
    r"(?i)(?<![a-z])DECL(?:AS(?:SIFY|SIFIED|SIFICATION)?)?(?:[ \t]{1,2}ON)?[ \t]{0,4}[:;.,]?[ \t]{0,8}\n?[ \t]{0,8}"
)
_SEPARATOR = r"[ ]?[/.-]{1,2}[ ]?"
_MONTH = r"(?P<name>JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]{0,6}"
_YEAR = r"(?P<year>\d{4}|\d\d)(?!\d)"
_FORMS = (
    re.compile(rf"(?P<year>\d{{4}}){_SEPARATOR}(?P<month>\d\d?){_SEPARATOR}(?P<day>\d\d?)(?!\d)"),
    re.compile(rf"(?P<month>\d\d?){_SEPARATOR}(?P<day>\d\d?){_SEPARATOR}{_YEAR}"),
    re.compile(rf"(?P<day>\d\d?)[ -]?{_MONTH}[.,]?[ -]?{_YEAR}", re.IGNORECASE | re.ASCII),
    re.compile(rf"{_MONTH}\.?[ ]{{1,2}}(?P<day>\d\d?)[.,]?[ ]{{1,2}}{_YEAR}", re.IGNORECASE | re.ASCII),
    re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)"),
)


def parse_declassification(text: str) -> date | None:
    """The day of declassification; None for OADR, N/A, an exemption (`25X1`) or no date.

    Read are 08/28/2018, 2018/08/28, 8-28-18, 28 AUG 2018, AUGUST 28, 2018 and 20180828; where the month cannot be one,
    day and month are taken as exchanged.
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
    month = _MONTHS.index(fields["name"].upper()) + 1 if "name" in fields else int(fields["month"])
    if month > 12:
        month, day = day, month
    try:
        return date(full_year(year) if year < 100 else year, month, day)
    except ValueError:
        return None
