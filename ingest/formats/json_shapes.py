"""Where the telegrams are in a JSON value.

A telegram's object is the one that holds its text. Objects around it, such as `{"hits": {"hits": [...]}}`, only lead
there; objects within it, such as `{"metadata": {"id": ...}}`, hold its fields. Tables come as an array of arrays, as
names and rows apart, or as an object for each column.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from ingest.formats import columns

_DEEPEST = 12
_FEWEST = 2  # names that make a table


def records(value: Any, depth: int = 0) -> Iterator[dict[str, str]]:
    """The objects that hold a telegram's text, each with its fields and those of the objects within it."""
    if depth > _DEEPEST:
        return
    value = _as_objects(value)
    if isinstance(value, list):
        for item in value:
            yield from records(item, depth + 1)
    elif isinstance(value, dict):
        if any(_may_be_field(name, field) for name, field in value.items() if not columns.is_cable_id(name)):
            yield dict(_flat(value))
            return
        for name, field in value.items():
            if isinstance(field, str) and columns.is_cable_id(name):
                field = {"body": field}  # noqa: PLW2901 - an object of texts by their ids
            for record in records(field, depth + 1):
                yield {"key": name, **record} if columns.is_cable_id(name) else record


def _as_objects(value: Any) -> Any:
    """A table as a list of objects; any other value as it is."""
    if isinstance(value, list) and len(value) > 1 and _are_names(value[0]):
        return _zipped(value[0], value[1:])
    if not isinstance(value, dict):
        return value
    names = next((field for field in value.values() if _are_names(field)), None)
    rows = next(
        (field for field in value.values() if isinstance(field, list) and field and isinstance(field[0], list)), None
    )
    if names and rows:
        return _zipped(names, rows)
    if _are_names(list(value)) and all(isinstance(column, dict) for column in value.values()):
        keys = dict.fromkeys(key for column in value.values() for key in column)
        return [{name: column.get(key) for name, column in value.items()} for key in keys]
    return value


def _zipped(names: list[str], rows: list[Any]) -> list[dict[str, Any]]:
    return [dict(zip(names, row, strict=False)) for row in rows if isinstance(row, list)]


def _are_names(value: Any) -> bool:
    """Whether the value is a list of columns' names, the text's among them."""
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        return False
    roles = {columns.role_named(name) for name in value} - {None}
    return len(roles) >= _FEWEST and "body" in roles


def _may_be_field(name: str, field: Any) -> bool:
    """Whether an object with this field is a telegram's: the field is the text or the id, or holds the text."""
    if isinstance(field, dict):
        return columns.normal_name(name) in columns.NAMES["body"] and any(
            isinstance(inner, str) and columns.is_long_text(inner) for inner in field.values()
        )
    if not isinstance(field, str):
        return False
    named = columns.normal_name(name) in columns.NAMES["id"] and columns.is_cable_id(field)
    return named or columns.is_telegram_text(field)


def _flat(record: Mapping[str, Any], depth: int = 0) -> Iterator[tuple[str, str]]:
    for name, field in record.items():
        if isinstance(field, dict) and depth < _DEEPEST:
            yield from _flat(field, depth + 1)
        elif isinstance(field, list):
            yield name, "|".join(str(item) for item in field if isinstance(item, str | int))
        elif field is not None and not isinstance(field, bool | dict):
            yield name, str(field)
