"""Conditions in words."""

from api.web.conditions import condition_labels
from rag.domain.answer import Condition


def test_posts_share_a_label_and_so_do_dates() -> None:
    conditions = [
        Condition("post", "CAIRO"),
        Condition("post", "TOKYO"),
        Condition("date_from", "2008-01-01"),
        Condition("date_to", "2008-12-31"),
    ]
    assert condition_labels(conditions) == [
        ("Post: CAIRO or TOKYO", frozenset({"post"})),
        ("Date: 2008", frozenset({"date_from", "date_to"})),
    ]
    assert condition_labels([Condition("date_from", "2008-02-01")])[0][0] == "Date: from 2008-02-01"


def test_soft_conditions_and_spellings_have_labels_of_their_own() -> None:
    conditions = [
        Condition("post", "CAIRO", soft=True),
        Condition("spelling", "a for b"),
        Condition("spelling", "c for d"),
    ]
    assert condition_labels(conditions) == [
        ("Post preferred: CAIRO", frozenset({"post"})),
        ("Spelling: a for b, c for d", frozenset({"spelling"})),
    ]
    assert condition_labels([Condition("date_to", "2008-02-01")])[0][0] == "Date: until 2008-02-01"
