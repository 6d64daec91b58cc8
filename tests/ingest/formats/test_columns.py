"""What a column holds, by its name and its contents."""

import pytest

from ingest.formats.columns import assign, field_of_cell, is_cable_id, is_telegram_text, role_named, telegram
from tests.ingest.documents import TRANSMISSION, body


def test_contents_decide_where_names_mislead() -> None:
    names = ["ID", "Date", "Reference ID", "Source", "Text"]
    row = ["1", "5/2/2002 12:00", "02HARARE1051", "02HARARE900|02HARARE910", body()]
    assert assign(names, [row]) == {"body": 4, "id": 2, "created": 1, "references": 3}


def test_contents_suffice() -> None:
    row = ["UNCLASSIFIED", "02HARARE1051", body(), "Embassy Harare", TRANSMISSION, "2002-05-02"]
    assert assign([""] * 6, [row]) == {
        "body": 2, "header": 4, "id": 1, "created": 5, "classification": 0, "origin": 3,
    }  # fmt: skip
    assert assign(["a", "b"], [["1", "x"]]) is None


@pytest.mark.parametrize("cell", ["02HARARE1051", "2002 Harare 1051", "1974ATHENS02959_b", "7575LIBREVILLE1895"])
def test_cable_ids(cell: str) -> None:
    assert is_cable_id(cell)


@pytest.mark.parametrize("cell", ["02MAY2002", "1051", "HARARE 1051", "02HARARE900|02HARARE910", ""])
def test_other_cells_are_no_cable_ids(cell: str) -> None:
    assert not is_cable_id(cell)


def test_fields_without_labels() -> None:
    lines = ("Thu May 02 00:00:00 +0200 2002", "UNCLASSIFIED", "Consulate General Naha", "RADIO STATION")
    assert [field_of_cell(line) for line in lines] == ["created", "classification", "origin", None]
    assert (role_named("Canonical-ID"), role_named("embassy"), role_named("colour")) == ("id", "origin", None)


def test_a_row_becomes_a_telegram() -> None:
    raw = telegram({"body": 0, "references": 1, "tags": 2}, ["a\\nb\x00", '["02HARARE900", "02HARARE910"]', "ZI, PREL"])
    assert raw.body == "a\nb" and raw.metadata.tags == ("ZI", "PREL")
    markup = telegram({"body": 0}, ["<p>one &amp; two</p><p>three<br/>four</p>"])
    assert [line for line in markup.body.split("\n") if line] == ["one & two", "three", "four"]
    assert is_telegram_text(body()) and not is_telegram_text("SUBJECT: x")
