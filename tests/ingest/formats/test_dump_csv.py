"""Rows of the full dump."""

import io

import pytest

from ingest.formats.dump_csv import is_dump, read_dump
from ingest.formats.raw_telegram import RawTelegram
from ingest.parser import parse, read
from ingest.sources.document import Document, Rejection
from rag.domain.cable import Cable
from tests.ingest.invented import dump, read_one, row


def test_dump_gives_each_row_and_names_bad_ones() -> None:
    rows = dump(row(), ["1", "8/26/2008 9:04", "x"], row("08QUILLHAVEN2341", row()[7].replace("002340", "002341"), 3))
    results = list(read(Document("cables.csv", rows)))
    assert [str(each.id) if isinstance(each, Cable) else each.name for each in results] == [
        "08QUILLHAVEN2340", "cables.csv:2", "08QUILLHAVEN2341",
    ]  # fmt: skip
    assert isinstance(results[1], Rejection)
    assert [str(each.id) for each in parse(Document("cables.csv", rows))] == ["08QUILLHAVEN2340", "08QUILLHAVEN2341"]


def test_dump_escapes() -> None:
    body = row()[7].replace("The crown pays", 'The "crown" \\ pays')
    assert 'The "crown" \\ pays' in read_one(dump(row(body=body))).paragraphs[1].text


def test_a_quote_too_many_spoils_one_row_of_a_dump() -> None:
    body = row()[7]
    serials = (2340, 2341, 2342)
    rows = [dump(row(f"08QUILLHAVEN{each}", body.replace("002340", f"00{each}"), each)) for each in serials]
    rows[1] = rows[1].replace(b"The lamp", b'The "lamp, and "" the rock\\')
    parsed = {str(each.id) for each in read(Document("cables.csv", b"".join(rows))) if isinstance(each, Cable)}
    assert {"08QUILLHAVEN2340", "08QUILLHAVEN2342"} <= parsed


def test_a_row_keeps_what_it_declares() -> None:
    (telegram,) = read_dump(io.BytesIO(dump(row())))
    assert isinstance(telegram, RawTelegram)
    assert telegram.metadata.references == ("08STATE89769", "07X1")
    assert (
        telegram.metadata.created is not None and telegram.metadata.created.isoformat() == "2008-08-26T09:04:00+00:00"
    )


@pytest.mark.parametrize("head", [b"number,date,id\n", b"VZCZC 1", b"1,2008-08-26,", b""])
def test_other_inputs_are_no_dump(head: bytes) -> None:
    assert is_dump(dump(row())) and is_dump(b"\xef\xbb\xbf" + dump(row()))
    assert not is_dump(head)
