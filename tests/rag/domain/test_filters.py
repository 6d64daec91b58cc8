from datetime import date

import pytest

from rag.domain.filters import Filters

ALL = Filters.of(["New Delhi"], ["prel "], date(2007, 1, 1), date(2007, 12, 31), ["secret"])


def test_typed_values_are_brought_to_the_spelling_of_the_archive() -> None:
    assert ALL.posts == {"NEWDELHI"}
    assert ALL.tags == {"PREL"}
    assert ALL.classifications == {"SECRET"}


def test_blank_values_are_no_conditions() -> None:
    assert not Filters.of(["", " - "], [" "], classifications=[""])


def test_both_days_are_included_to_the_second() -> None:
    day = Filters(date_from=date(1970, 1, 2), date_to=date(1970, 1, 2))
    assert (day.first_second, day.last_second) == (86_400, 2 * 86_400 - 1)
    assert (Filters().first_second, Filters().last_second) == (None, None)


def test_conditions_are_listed_by_field_and_sorted() -> None:
    filters = Filters(posts=frozenset(("TOKYO", "CAIRO")), tags=frozenset(("PREL",)), date_to=date(2008, 2, 1))
    assert list(filters.conditions()) == [
        ("post", "CAIRO"),
        ("post", "TOKYO"),
        ("tag", "PREL"),
        ("date_to", "2008-02-01"),
    ]


@pytest.mark.parametrize("field", ["post", "tag", "classification", "date_from", "date_to"])
def test_a_condition_is_removed_by_the_name_it_is_listed_under(field: str) -> None:
    remaining = ALL.without([field])
    assert [name for name, _ in remaining.conditions()] == [name for name, _ in ALL.conditions() if name != field]


def test_tags_and_classifications_are_conditions_on_the_header() -> None:
    assert Filters(tags=frozenset(("PREL",))).of_header
    assert Filters(classifications=frozenset(("SECRET",))).of_header
    assert not Filters(posts=frozenset(("CAIRO",)), date_from=date(2007, 1, 1)).of_header


def test_filters_come_back_from_their_json() -> None:
    for filters in (ALL, Filters()):
        assert Filters.from_json(filters.json()) == filters
