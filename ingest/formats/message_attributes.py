"""The attributes that the National Archives print below a telegram, one `Key: value` a line.

`Draft Date: 17 MAY 1974`, `Document Number: 1974ATHENS02959`, `Reference: STATE -097844`,
`TAGS: PINS, GR, (KALOUDIS, NICK)`. A value is continued on indented lines. `n/a` stands for no value.
"""

import re

from ingest.formats.metadata import Metadata, parse_created

_LINE = re.compile(
    r"(?m)^[ \t]{0,8}(?P<key>[A-Z][A-Za-z ]{1,40}):[ \t]{1,4}"
    r"(?P<value>[^\n]{1,2000}(?:\n[ \t]{2,8}\S[^\n]{0,2000}){0,8})$"
)
_ABSENT = frozenset(("", "n/a", "'n/a'", "-- n/a or blank --", "n/a or blank", "none"))
_SURELY = 3  # attributes


def read_attributes(text: str) -> Metadata:
    """What the attributes declare; an empty declaration where the text holds too few of them."""
    found: dict[str, str] = {}
    for line in _LINE.finditer(text):
        found.setdefault(line["key"], " ".join(line["value"].split()))
    if len(found) < _SURELY:
        return Metadata()

    def value(key: str) -> str | None:
        return absent(found.get(key))

    reference, tags, recipient = value("Reference"), value("TAGS"), value("To")
    return Metadata(
        id=value("Document Number"),
        created=parse_created((value("Draft Date") or "").title()),
        classification=value("Original Classification"),
        references=(reference,) if reference else (),
        subject=value("Subject"),
        tags=(tags,) if tags else (),
        caveats=tuple(re.findall(r"[A-Z]{5,8}", value("Original Handling Restrictions") or "")),
        recipients=tuple(re.split(r"[;,]\s{0,4}", recipient)) if recipient else (),
    )


def absent(value: str | None) -> str | None:
    """The value, or None where it says that there is none."""
    return None if value is None or value.strip().lower() in _ABSENT else value.strip()


def merged(first: Metadata, second: Metadata) -> Metadata:
    """What `first` declares, and what only `second` declares."""
    return Metadata(**{name: getattr(first, name) or getattr(second, name) for name in Metadata.__slots__})
