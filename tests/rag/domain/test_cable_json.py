from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from rag.domain.cable import Recipient
from rag.domain.cable_json import cable_json, iso_utc, paragraph_json
from tests.rag.samples import make_cable

CABLE = replace(
    make_cable("08QUILL12", "A lantern.", ("U", "A bell."), references=("07QUILL3",)),
    declassify_on=date(2018, 8, 28),
    recipients=(Recipient("to", "SECSTATE WASHDC", "IMMEDIATE"),),
)


def test_the_object_of_a_cable_has_plain_values() -> None:
    fields = cable_json(CABLE, with_year=True)
    assert (fields["id"], fields["label"], fields["date"]) == ("08QUILL12", "08 QUILL 12", "2008-08-28T13:37:00Z")
    assert fields["declassify_on"] == "2018-08-28"
    assert fields["references"] == ["07QUILL3"]
    assert fields["recipients"] == [{"kind": "to", "name": "SECSTATE WASHDC", "precedence": "IMMEDIATE"}]
    assert fields["summary_key"] == "08QUILL12#1"
    assert [paragraph["citation"] for paragraph in fields["paragraphs"]] == ["08 QUILL 12 ¶1", "08 QUILL 12 ¶2"]


def test_what_is_not_known_is_null() -> None:
    fields = cable_json(replace(CABLE, date=None, declassify_on=None, summary=None))
    assert (fields["date"], fields["declassify_on"], fields["summary_key"]) == (None, None, None)


def test_the_object_of_a_paragraph_has_its_key_and_both_markings() -> None:
    fields = paragraph_json(CABLE, CABLE.paragraphs[1])
    assert (fields["key"], fields["citation"], fields["number"]) == ("08QUILL12#2", "QUILL 12 ¶2", 2)
    assert (fields["marking"], fields["effective_marking"]) == ("U", "U")


def test_a_time_of_another_zone_is_printed_in_utc() -> None:
    assert iso_utc(datetime(2008, 1, 1, 1, 0, 0, tzinfo=timezone(timedelta(hours=2)))) == "2007-12-31T23:00:00Z"
    assert iso_utc(datetime(2008, 1, 1, 1, 0, 0, 999, tzinfo=UTC)) == "2008-01-01T01:00:00Z"
    assert iso_utc(None) is None
