"""Labels, values and dates of publishers."""

from datetime import UTC, datetime

import pytest

from ingest.formats.metadata import Metadata, field_of, parse_created, read_metadata


@pytest.mark.parametrize(
    "text",
    [
        "2008-11-19 09:42",
        "2008-11-19 09:42:00",
        "11/19/2008 9:42",
        "2008-11-19T09:42:00.000Z",
        "2008-11-19 09:42:00 UTC",
    ],
)
def test_dates(text: str) -> None:
    assert parse_created(text) == datetime(2008, 11, 19, 9, 42, tzinfo=UTC)


def test_what_is_no_date_is_none() -> None:
    assert parse_created("yesterday") is None and parse_created("") is None


def test_labels_and_values_are_paired() -> None:
    parsed = read_metadata(["Reference ID:", "Menu", "Classification"], ["08TOKYO1 ", "x", "SECRET"])
    assert parsed == Metadata(id="08TOKYO1", classification="SECRET")
    assert field_of("canonical id:") == "id" and field_of("Menu") is None


@pytest.mark.parametrize(
    ("labels", "values"),
    [(["Identifier"], ["08TOKYO1"]), (["Created", "Origin"], ["2008", "x"]), (["Identifier", "Created"], ["x"])],
)
def test_too_few_declarations_are_no_metadata(labels: list[str], values: list[str]) -> None:
    assert read_metadata(labels, values) is None
