"""The sender, addressees and date of a telegram: FM, TO and INFO lines and the date-time group (ACP 121).

`TO RUEHC/SECSTATE WASHDC IMMEDIATE 6810`: routing indicator, name, precedence, the sender's serial for that station.
`O 281337Z AUG 08`: precedence, day, hour and minute in UTC, month, year.
"""

import re
from datetime import UTC, datetime

from ingest.header.header_text import header, header_with_pages
from ingest.header.message_line import starts_message
from rag.domain.cable import Recipient
from rag.domain.cable_id import full_year
from rag.domain.periods import MONTHS, SHORT_MONTH

_MOST_RECIPIENTS = 1_000
_DTG = re.compile(
    rf"(?aim)^[ \t]{{0,40}}(?P<precedence>(?:[ZOPRYM][ ]){{0,3}})(?P<day>\d\d)(?P<hour>\d\d)(?P<minute>\d\d)[ ]{{0,2}}Z"
    rf"[ ]{{0,2}}(?P<month>{SHORT_MONTH})[A-Z]{{0,6}}[ ]{{0,2}}(?P<year>\d{{4}}|\d\d)(?!\d)"
)
_FROM = re.compile(r"(?m)^[ \t]{0,40}FM[ \t]{1,4}(\S[^\n]{0,100})$")
_TO = re.compile(r"(?m)^[ \t]{0,40}TO[ \t]{1,4}(?=[A-Z])")
_HEADER = re.compile(r"[ \t]{0,40}(?P<kind>TO|INFO|XMT|ZEN)(?:[ \t]{1,8}|\Z)")
_ROUTING = re.compile(r"R[A-Z]{3,8}/[ ]?")
_ADDRESS = re.compile(r"[A-Z][A-Z0-9 .,'&()/:-]{1,110}")
_SERIAL = re.compile(r"[ ]{1,4}\d{1,5}\Z")
_PRECEDENCE = re.compile(r"[ ]{1,4}((?:NIACT[ ]{1,2})?(?:FLASH|IMMEDIATE|PRIORITY|ROUTINE)|NIACT)\Z")
_OTHER_LINE = re.compile(
    r"[A-Z]{2,20}:[ ]|(?:SIPDIS|NOFORN|EXDIS|NODIS|STADIS|SENSITIVE|BT|E\.?O\.? ?1|TAGS|SUBJ|REF|ZNY|DE [A-Z])(?![A-Z])"
)


def parse_origin(text: str) -> str | None:
    """The sender as the FM line prints it: `AMEMBASSY TOKYO`."""
    line = _FROM.search(header_with_pages(text))
    return " ".join(line[1].split()) if line else None


def dtg_text(text: str) -> str | None:
    """The date-time group as printed, without operating signals: `O 281337Z AUG 08`."""
    first = _first_dtg(text)
    return " ".join(first[0][0].upper().split()) if first else None


def parse_dtg(text: str) -> datetime | None:
    """The date-time group as UTC; None where no group is a valid date."""
    first = _first_dtg(text)
    return first[1] if first else None


def _first_dtg(text: str) -> tuple[re.Match[str], datetime] | None:
    for match in _DTG.finditer(header_with_pages(text)):
        year = int(match["year"])
        month = MONTHS[match["month"].lower()]
        try:
            moment = datetime(
                full_year(year) if year < 100 else year,
                month,
                int(match["day"]),
                int(match["hour"]),
                int(match["minute"]),
                tzinfo=UTC,
            )
        except ValueError:
            continue
        return match, moment
    return None


def parse_recipients(text: str) -> list[Recipient]:
    """Action (`to`) and information (`info`) addressees in order.

    A line without a precedence has that of the line above. Exempted stations (XMT) are left out.
    """
    head = header(text)
    first = _TO.search(head)
    if first is None:
        return []
    recipients: list[Recipient] = []
    kind, precedence, blank = "", None, False
    for line in head[first.start() :].split("\n"):
        heading = _HEADER.match(line)
        address = line[heading.end() :].strip() if heading else line.strip()
        if not address:
            blank = blank or not heading
            continue
        if not _is_address(address, blank and not heading) or len(recipients) == _MOST_RECIPIENTS:
            break
        kind, blank = heading["kind"].lower() if heading else kind, False
        if kind in {"to", "info"}:
            name, printed = _name_and_precedence(address)
            precedence = printed or precedence
            recipients.append(Recipient(kind, name, precedence))
    return recipients


def _is_address(line: str, after_blank: bool) -> bool:
    if not _ADDRESS.fullmatch(line) or _OTHER_LINE.match(line) or starts_message(line):
        return False
    return not after_blank or _ROUTING.match(line) is not None


def _name_and_precedence(address: str) -> tuple[str, str | None]:
    name = _SERIAL.sub("", _ROUTING.sub("", address, count=1))
    precedence = _PRECEDENCE.search(name)
    if precedence:
        name = _SERIAL.sub("", name[: precedence.start()])
    return " ".join(name.split()), " ".join(precedence[1].split()) if precedence else None
