"""Search conditions in words."""

from collections.abc import Sequence

from rag.domain.answer import Condition

_FIELDS = {
    "post": "Post",
    "tag": "TAGS",
    "classification": "Classification",
    "post (soft)": "Post preferred",
    "date (soft)": "Date preferred",
    "cable (soft)": "Cable of the answer before preferred",
    "spelling": "Spelling",
    "language": "Language",
}
_SEPARATORS = {"spelling": ", "}


def condition_labels(conditions: Sequence[Condition]) -> list[tuple[str, frozenset[str]]]:
    """Labels, each with the fields to dismiss with it. Values of one field share a label, and so do the two dates."""
    values: dict[str, list[str]] = {}
    for condition in conditions:
        field = f"{condition.field} (soft)" if condition.soft else condition.field
        values.setdefault(field, []).append(condition.value)
    first, last = values.pop("date_from", [""])[0], values.pop("date_to", [""])[0]
    labels = [
        (f"{_FIELDS.get(field, field)}: {_SEPARATORS.get(field, ' or ').join(texts)}", frozenset([field.split()[0]]))
        for field, texts in values.items()
    ]
    if first or last:
        labels.append((f"Date: {_range(first, last)}", frozenset({"date_from", "date_to"})))
    return labels


def _range(first: str, last: str) -> str:
    if first and last and first[4:] == "-01-01" and last == f"{first[:4]}-12-31":
        return first[:4]
    if first and last:
        return f"{first} to {last}"
    return f"from {first}" if first else f"until {last}"
