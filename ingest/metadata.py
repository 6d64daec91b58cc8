"""What the publishers of copies declare about a cable: id, date, classification, origin."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

_LABELS = {
    "identifier": "id", "reference id": "id", "canonical id": "id", "created": "created", "date": "created",
    "released": "released", "classification": "classification", "origin": "origin",
}  # fmt: skip
_DATE_FORMATS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%m/%d/%Y %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d")
_FRACTION = re.compile(r"(?:\.\d{1,6})?(?:Z|\+00:00| UTC| GMT)?$")


@dataclass(frozen=True, slots=True)
class Metadata:
    """A publisher's declarations, unchecked; `created` is UTC-aware."""

    declared_id: str | None = None
    created: datetime | None = None
    classification: str | None = None
    origin: str | None = None


def label_of(text: str) -> str | None:
    """Which field a table heading or label line names, or None."""
    return _LABELS.get(text.strip().rstrip(":").lower())


def read_metadata(labels: Sequence[str], values: Sequence[str]) -> Metadata | None:
    """Pair labels with values; None unless they declare an id and a date or classification."""
    known = [label_of(label) for label in labels]
    if "id" not in known or len(values) < len(known):
        return None
    fields = {label: value.strip() for label, value in zip(known, values, strict=False) if label}
    if not {"created", "classification"} & fields.keys():
        return None
    return Metadata(
        declared_id=fields["id"] or None,
        created=read_created(fields.get("created", "")),
        classification=fields.get("classification") or None,
        origin=fields.get("origin") or None,
    )


def read_created(text: str) -> datetime | None:
    """A publisher's date, such as `2008-11-19 09:42:00` or `12/28/1966 18:48`, as UTC; None where unreadable."""
    text = _FRACTION.sub("", text.strip())
    for form in _DATE_FORMATS:
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None
