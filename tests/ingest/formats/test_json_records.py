"""Telegrams in JSON, whatever stands around them."""

import io
import json

import pytest

from ingest.errors import NotACable
from ingest.formats.json_records import is_json, read_json
from ingest.formats.raw_telegram import RawTelegram
from tests.ingest.documents import TRANSMISSION, body, one, reason, results, summary

_RECORDS = [
    {
        "id": f"02HARARE{serial}",
        "date": "2002-05-02",
        "office": "Embassy Harare",
        "header": TRANSMISSION,
        "body": body(serial),
    }
    for serial in (1051, 1052)
]
_BOTH = ["02HARARE1051 UC SULLIVAN", "02HARARE1052 UC SULLIVAN"]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(_RECORDS),
        json.dumps(_RECORDS, indent=2),
        "\r\n".join(map(json.dumps, _RECORDS)),
        "\n".join(json.dumps(each, indent=1) for each in _RECORDS),
        "\ufeff" + json.dumps(_RECORDS),
        json.dumps({"count": 2, "cables": _RECORDS}),
        json.dumps(_RECORDS).replace("\\n", "\n"),
    ],
)
def test_arrays_lines_and_wrapped_values(text: str) -> None:
    assert summary(text) == _BOTH


def test_other_encodings() -> None:
    assert summary(json.dumps(_RECORDS).encode("utf-16")) == _BOTH


def test_a_broken_line_spoils_itself_only() -> None:
    text = f'{json.dumps(_RECORDS[0])}\n{{"id": broken}}\n{json.dumps(_RECORDS[1])}\n'
    first, broken, last = summary(text)
    assert [first, last] == _BOTH and "malformed JSON" in broken


def test_an_array_that_breaks_off_keeps_what_came_before() -> None:
    first, broken = summary(json.dumps(_RECORDS)[:-200])
    assert first == _BOTH[0] and "the rest is left out" in broken


def test_zeros_within_strings_are_left_out() -> None:
    assert "\x00" not in repr(one(json.dumps([{**_RECORDS[0], "body": body().replace("licence", "li\x00cence")}])))


def test_references_of_a_record_serve_where_the_text_has_none() -> None:
    record = {**_RECORDS[0], "references": ["02HARARE900", "02HARARE910"]}
    assert one(json.dumps(record)).references == ("02HARARE900", "02HARARE910")
    named = {**record, "body": body().replace("TAGS", "REF: LUSAKA 33\nTAGS")}
    assert one(json.dumps(named)).references == ("02LUSAKA33",)


@pytest.mark.parametrize("text", ['{"name": "x", "list": [1, 2]}', "[]", '{"a": ' * 3_000, '["' + "[" * 9_000])
def test_other_json_is_refused_as_json(text: str) -> None:
    assert "JSON" in reason(text)


def test_a_large_array_is_read_record_by_record() -> None:
    padding = ", ".join([json.dumps({"note": "x" * (256 * 1024)})] * 65)
    found = list(read_json(io.BytesIO(f"[{json.dumps(_RECORDS[0])}, {padding}, {json.dumps(_RECORDS[1])}]".encode())))
    assert [each.metadata.id for each in found if isinstance(each, RawTelegram)] == ["02HARARE1051", "02HARARE1052"]
    assert not [each for each in found if isinstance(each, NotACable)]


def test_a_value_without_end_is_refused() -> None:
    assert "too long" in str(next(read_json(io.BytesIO(b'[{"id": "' + b"x" * (17 * 1024 * 1024)))))


def test_json_is_recognised_by_how_it_opens() -> None:
    assert is_json(b' {"id": 1') and is_json(b"[\n {") and is_json("[]".encode("utf-16"))
    assert not is_json(b"[1](#)3. (C) Text") and not is_json(b"{\\rtf1") and not is_json(b"UNCLAS")
    assert len(results("[1](#)3. (C) Text")) == 1
