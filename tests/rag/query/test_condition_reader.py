from datetime import date

import pytest

from rag.domain.filters import Filters
from rag.query.condition_reader import ConditionReader

POSTS = {"QUILL", "PORTZEPHYR", "STATE", "NEWDELHI"}


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("from Quill", Filters.of(["QUILL"])),
        ("that Quill sent", Filters.of(["QUILL"])),
        ("from Port Zephyr or quill", Filters.of(["QUILL", "PORTZEPHYR"])),
        ("from the embassy in Delhi", Filters.of(["NEWDELHI"])),
        ("from Washington", Filters.of(["STATE"])),
        ("sent in 2008", Filters.of(date_from=date(2008, 1, 1), date_to=date(2008, 12, 31))),
        ("from before March 2007", Filters.of(date_to=date(2007, 2, 28))),
        ("since 2007", Filters.of(date_from=date(2007, 1, 1))),
        ("classified secret", Filters.of(classifications=["SECRET"])),
        ("confidential or secret", Filters.of(classifications=["CONFIDENTIAL", "SECRET"])),
        ("tagged PREL or EFIS", Filters.of(tags=["PREL", "EFIS"])),
        ("with the EFIS tag", Filters.of(tags=["EFIS"])),
        ("with the Cuba tag, CU", Filters.of(tags=["CU"])),
        ("marked FOUO", Filters.of(classifications=["UNCLASSIFIED//FOR OFFICIAL USE ONLY"])),
        ("older than 2007", Filters.of(date_to=date(2006, 12, 31))),
    ],
)
def test_conditions_are_taken_out_of_the_text(text: str, filters: Filters) -> None:
    reader = ConditionReader(POSTS)
    rest = reader.rest(text)
    assert reader.filters == filters and reader.stated and not reader.unclear
    assert not set(rest.replace(",", " ").split()) & {"Quill", "quill", "2008", "secret", "EFIS", "CU"}


def test_a_known_post_without_cables_is_absent() -> None:
    reader = ConditionReader(POSTS)
    reader.rest("from Lima")
    assert reader.absent == ["Lima"] and reader.stated


def test_tags_that_are_to_be_there_together() -> None:
    reader = ConditionReader(POSTS)
    reader.rest("tagged PREL and EFIS, with the OTRA and the SNAR tag")
    assert reader.all_tags == ["PREL", "EFIS", "OTRA", "SNAR"]


@pytest.mark.parametrize("text", ["sent to Quill", "in 2007 and in March 2009"])
def test_addressees_and_several_times_are_unclear(text: str) -> None:
    reader = ConditionReader(POSTS)
    reader.rest(text)
    assert reader.unclear


def test_nothing_stated() -> None:
    reader = ConditionReader(POSTS)
    assert reader.rest("the lamp") == "the lamp" and not reader.stated
