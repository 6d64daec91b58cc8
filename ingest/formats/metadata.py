"""What the publisher of a copy declares about a cable: id, date, classification, origin, references and more."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_LABELS = {
    "identifier": "id", "reference id": "id", "canonical id": "id", "created": "created", "date": "created",
    "released": "released", "classification": "classification", "origin": "origin",
}  # fmt: skip
_DATE_FORMATS = (
    "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%m/%d/%Y %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d",
    "%m/%d/%Y %H:%M:%S", "%m/%d/%Y", "%m/%d/%Y %I:%M %p", "%m/%d/%Y %I:%M:%S %p", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y", "%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y/%m/%d",
    "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S%z", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d %H:%M:%S %z", "%Y-%m-%dT%H:%M%z",
    "%a %b %d %H:%M:%S %z %Y", "%a %b %d %H:%M:%S %Y", "%a, %d %b %Y %H:%M:%S %z", "%a, %d %b %Y %H:%M:%S",
    "%Y %B %d, %H:%M", "%Y %B %d", "%d %b %Y %H:%M", "%d %b %Y", "%d %B %Y", "%B %d, %Y", "%b %d, %Y", "%d-%b-%Y",
    "%B %d, %Y %H:%M", "%A, %B %d, %Y", "%A, %d %B %Y, %H:%M", "%Y%m%d", "%d-%b-%y",
)  # fmt: skip
_LONGEST_DATE = 60  # characters
_FRACTION = re.compile(r"(?:\.\d{1,6})?(?:Z|[+]00:?00| UTC| GMT)?$")
_WEEKDAY_BEHIND = re.compile(r"\s?\([A-Z][a-z]{2,8}\)$")
_ZONE_NAME = re.compile(r"(?<=\d) (?:UTC|GMT|Z)(?= \d{4}$)")


@dataclass(frozen=True, slots=True)
class Metadata:
    """A publisher's declarations, unchecked; `created` is UTC-aware. `recipients` are names of addressees."""

    id: str | None = None
    created: datetime | None = None
    classification: str | None = None
    origin: str | None = None
    references: tuple[str, ...] = ()
    subject: str | None = None
    tags: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()


def field_of(label: str) -> str | None:
    """Which field a table heading or label line names; None for any other text."""
    return _LABELS.get(label.strip().rstrip(":").lower())


def read_metadata(labels: Sequence[str], values: Sequence[str]) -> Metadata | None:
    """Pair labels with values; None unless they declare an id and a date or classification."""
    names = [field_of(label) for label in labels]
    if "id" not in names or len(values) < len(names):
        return None
    fields = {name: value.strip() for name, value in zip(names, values, strict=False) if name}
    if not {"created", "classification"} & fields.keys():
        return None
    return Metadata(
        id=fields["id"] or None,
        created=parse_created(fields.get("created", "")),
        classification=fields.get("classification") or None,
        origin=fields.get("origin") or None,
    )


def parse_created(text: str) -> datetime | None:
    """A publisher's date, such as `2008-11-19 09:42:00` or `12/28/1966 18:48`, as UTC; None where unreadable.

    Days and months are in American order where both orders are possible. Midnight of a time zone only names a day
    (`Thu May 02 00:00:00 +0200 2002`): it is not converted, which would change the day.
    """
    text = " ".join(text.split())
    if not 6 <= len(text) <= _LONGEST_DATE:
        return None
    text = _WEEKDAY_BEHIND.sub("", _ZONE_NAME.sub("", _FRACTION.sub("", text)))
    for date_format in _DATE_FORMATS:
        try:
            moment = datetime.strptime(text, date_format)
        except ValueError:
            continue
        if moment.time() == datetime.min.time():
            return moment.replace(tzinfo=UTC)
        return (moment - (moment.utcoffset() or timedelta())).replace(tzinfo=UTC)
    return None
