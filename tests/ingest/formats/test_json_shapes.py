"""Objects, tables and wrappers of JSON."""

from typing import Any

import pytest

from ingest.formats.json_shapes import records
from tests.ingest.documents import body

_ROW = {"id": "02HARARE1051", "date": "2002-05-02", "body": body()}


@pytest.mark.parametrize(
    "value",
    [
        _ROW,
        [[_ROW]],
        {"took": 1, "hits": {"total": 1, "hits": [{"_source": _ROW}]}},
        [list(_ROW), list(_ROW.values())],
        {"columns": list(_ROW), "index": [0], "data": [list(_ROW.values())]},
        {name: {"0": cell} for name, cell in _ROW.items()},
        {"cable": {"id": "02HARARE1051", "date": "2002-05-02", "content": {"body": body()}}},
    ],
)
def test_the_object_is_found(value: Any) -> None:
    (record,) = records(value)
    assert {name: record[name] for name in _ROW} == _ROW


def test_keys_may_be_ids() -> None:
    (record,) = records({"02HARARE1051": {"text": body()}})
    assert record == {"key": "02HARARE1051", "text": body()}
    (text,) = records({"02HARARE1051": body()})
    assert text == {"key": "02HARARE1051", "body": body()}


def test_depth_is_bounded() -> None:
    value: Any = _ROW
    for _ in range(40):
        value = [value]
    assert list(records(value)) == []
