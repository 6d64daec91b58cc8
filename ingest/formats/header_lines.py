"""Text files whose first lines are a record's fields: id, title, date, classification, origin.

The lines have no labels (`02HARARE1051`, `Thu May 02 00:00:00 +0200 2002`, `UNCLASSIFIED`, `Embassy Harare`), or each
has its label (`Reference ID: 02HARARE1051`).
"""

from dataclasses import dataclass, field

from ingest.formats.columns import field_of_cell, is_cable_id, role_named
from ingest.formats.metadata import Metadata, parse_created
from ingest.formats.raw_telegram import RawTelegram

_MOST_LINES = 10  # that hold text
_LONGEST = 200  # characters of a line
_ROLES = frozenset(("id", "created", "classification", "origin"))
_ENOUGH = 2  # fields beside the id


@dataclass(slots=True)
class _Fields:
    values: dict[str, str] = field(default_factory=dict)
    title: str | None = None
    end: int = 0  # index after the last line of a field


def read_header_lines(text: str) -> RawTelegram | None:
    """The telegram below such lines; None where the text does not begin with them."""
    lines = text.split("\n")
    found = _Fields()
    seen = 0
    for index, line in enumerate(lines):
        if not line.strip():
            continue
        seen += 1
        if seen > _MOST_LINES or len(line) > _LONGEST or not _take(found, line.strip(), index):
            break
    if "id" not in found.values or len(found.values) <= _ENOUGH:
        return None
    values = found.values
    metadata = Metadata(
        id=values["id"],
        created=parse_created(values.get("created", "")),
        classification=values.get("classification"),
        origin=values.get("origin"),
        subject=found.title,
    )
    return RawTelegram("\n".join(lines[found.end :]), metadata=metadata)


def _take(found: _Fields, line: str, index: int) -> bool:
    """Take the line as a field or as the title; false where it is neither."""
    label, colon, value = line.partition(":")
    role = role_named(label) if colon else None
    if role in _ROLES and value.strip() and len(label) > 2:
        line = value.strip()
    else:
        role = "id" if is_cable_id(line) else field_of_cell(line)
    if role not in _ROLES or role in found.values or (role == "id") != (not found.values):
        if found.title is not None or not found.values or role is not None:
            return False
        found.title = line
        return True
    found.values[role] = line
    found.end = index + 1
    return True
