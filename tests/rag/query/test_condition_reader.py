from datetime import date

import pytest

from rag.domain.filters import Filters
from rag.query.condition_reader import ConditionReader

POSTS = {"QUILL": "QUILL", "PORTZEPHYR": "PORT ZEPHYR", "STATE": "STATE", "NEWDELHI": "NEW DELHI"}


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
    ],
)
def test_conditions_are_taken_out_of_the_text(text: str, filters: Filters) -> None:
    reader = ConditionReader(POSTS)
    assert {*reader.rest(text, bare=True).replace(",", " ").split()} <= {"that", "sent"}
    assert reader.filters == filters


def test_what_is_no_condition_stays() -> None:
    reader = ConditionReader(POSTS)
    assert reader.rest("sent to Quill by balloon", bare=True).split() == ["sent", "to", "Quill", "by", "balloon"]
    assert reader.filters == Filters()


def test_a_topic_keeps_its_own_times_and_levels() -> None:
    reader = ConditionReader(POSTS)
    assert reader.rest("the 2008 war and secret prisons in 2009", bare=False, topical=True).split() == (
        "the 2008 war and secret prisons".split()
    )
    assert reader.filters.date_from == date(2009, 1, 1) and not reader.filters.classifications


def test_a_known_post_without_cables_is_absent() -> None:
    reader = ConditionReader(POSTS)
    assert reader.rest("from Lima", bare=True) == ""
    assert reader.absent == ["Lima"]


def test_all_tags_and_the_signer() -> None:
    reader = ConditionReader(POSTS)
    assert reader.rest("tagged PREL and EFIS signed by Ambassador Starkey", bare=True).strip() == ""
    assert (reader.all_tags, reader.signer) == (["PREL", "EFIS"], "Starkey")
