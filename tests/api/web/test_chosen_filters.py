"""Filters from an address."""

from datetime import date

import pytest
from starlette.datastructures import ImmutableMultiDict

from api.web.chosen_filters import ChosenFilters, WrongValue, address, corrections, pairs_of, unknown
from rag.catalog.listing import ValueCount
from rag.domain.filters import Filters

FACETS = {
    "post": [ValueCount("NEWDELHI", 3), ValueCount("TOKYO", 2)],
    "tag": [ValueCount("PREL", 4)],
    "classification": [ValueCount("SECRET", 1)],
    "year": [ValueCount("2008", 1)],
}


def sent(*pairs: tuple[str, str]) -> ImmutableMultiDict[str, str]:
    return ImmutableMultiDict(pairs)


def test_filters_are_read_and_written() -> None:
    pairs = [("post", "NEWDELHI"), ("post", "TOKYO"), ("date_from", "2008-01-01")]
    chosen = ChosenFilters.read(sent(*pairs), FACETS)
    assert chosen.wrong == ()
    assert chosen.filters == Filters(frozenset({"NEWDELHI", "TOKYO"}), date_from=date(2008, 1, 1))
    assert pairs_of(chosen.filters) == pairs
    assert ChosenFilters.read(sent(("post", "new delhi"), ("tag", " prel ")), FACETS).wrong == ()


def test_a_value_that_the_archive_has_not_is_refused_with_suggestions() -> None:
    (wrong,) = ChosenFilters.read(sent(("post", "TOKIO")), FACETS).wrong
    assert wrong == WrongValue("post", "TOKIO", "no cable here has the post “TOKIO”", ("TOKYO",))
    (far,) = unknown("post", ["XANADU"], FACETS)
    assert far.suggestions == () and "there are NEWDELHI, TOKYO and others" in far.message
    assert ChosenFilters.read(sent(("post", "TOKIO"))).wrong == (), "unchecked without the values there are"


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ([("date_from", "yesterday")], "“yesterday” is not a day; write it like 2008-12-31"),
        ([("date_from", "2009-01-01"), ("date_to", "2008-01-01")], "is before the first, 2009-01-01"),
    ],
)
def test_days_that_cannot_be_are_refused(pairs: list[tuple[str, str]], words: str) -> None:
    (wrong,) = ChosenFilters.read(sent(*pairs), FACETS).wrong
    assert words in wrong.message


def test_an_address_is_corrected_and_leaves_empty_values_out() -> None:
    wrong = unknown("post", ["TOKIO"], FACETS)
    pairs = [("query", "a b"), ("post", "TOKIO"), ("tag", "")]
    assert corrections(wrong, "/browse", pairs) == [(wrong[0], [("TOKYO", "/browse?query=a+b&post=TOKYO")])]
    assert address("/", []) == "/"
