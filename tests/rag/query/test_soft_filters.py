from datetime import UTC, datetime

import pytest

from rag.query.soft_filters import read_soft_filters
from tests.rag.samples import make_cable

POSTS = ("MADRID", "NEWDELHI", "PARIS")


@pytest.mark.parametrize(
    ("question", "conditions"),
    [
        ("What did the minister say in Madrid in January 2008?", [("post", "MADRID"), ("date", "2008-01")]),
        ("Who left New Delhi's cabinet after 12 Sept 2006?", [("post", "NEWDELHI"), ("date", "since 2006-09-13")]),
        ("What changed between 2006 and 2008?", [("date", "2006-01-01 to 2008-12-31")]),
        ("In comparison with rivals, how much was paid: 2,008 or 12008?", []),
    ],
)
def test_dates_and_posts_are_read(question: str, conditions: list[tuple[str, str]]) -> None:
    assert list(read_soft_filters(question, POSTS).conditions()) == conditions


@pytest.mark.parametrize(
    ("sent", "suits"),
    [
        (datetime(2007, 12, 31, tzinfo=UTC), False),
        (datetime(2008, 1, 1, tzinfo=UTC), True),
        (datetime(2008, 5, 1, tzinfo=UTC), True),
        (datetime(2008, 8, 1, tzinfo=UTC), False),
        (None, False),
    ],
)
def test_a_cable_of_the_time_or_the_months_after_suits(sent: datetime | None, suits: bool) -> None:
    preferences = read_soft_filters("What was agreed in January 2008?", POSTS)
    assert preferences.suits_period(make_cable("08MADRID1", "text", day=sent)) is suits


def test_what_a_reader_dismisses_is_gone() -> None:
    preferences = read_soft_filters("Who resigned in Paris in 2007?", POSTS)
    assert list(preferences.without({"date"}).conditions()) == [("post", "PARIS")]
    assert list(preferences.without({"date_from"}).conditions()) == [("post", "PARIS")]
    assert list(preferences.without({"post", "date"}).conditions()) == []
