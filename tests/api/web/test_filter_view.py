"""The filter panel of a question."""

from datetime import date

from api.web.chosen_filters import ChosenFilters, unknown
from api.web.filter_view import FilterChoice, filter_view
from rag.catalog.listing import ValueCount
from rag.domain.filters import Filters
from tests.api.web.elements import drawn, of_class, texts

FACETS = {"post": [ValueCount("QUILL", 3)], "tag": [ValueCount("ETRD", 2), ValueCount("XV", 1)]}
CHOSEN = ChosenFilters(Filters.of(["quill"], date_from=date(2008, 1, 2)))


def test_values_have_their_meanings_and_counts() -> None:
    view = filter_view(CHOSEN, FACETS, 2, 5)
    assert view.groups == (
        ("post", "Post", (FilterChoice("QUILL", None, 3, True),)),
        ("tag", "TAGS", (FilterChoice("ETRD", "foreign trade", 2, False), FilterChoice("XV", None, 1, False))),
    )
    assert (view.date_from, view.date_to, view.counted) == ("2008-01-02", "", "2 of 5 cables")


def test_chosen_values_are_chips_with_the_address_without_them() -> None:
    root = drawn("chosen.html", narrow=filter_view(CHOSEN, FACETS, 0, 5))
    assert texts(root) == ["Post: QUILL", "Date: from 2008-01-02", "Clear all", "no cable matches all of these"]
    assert [chip["href"] for chip in of_class(root, "chip")] == ["/?date_from=2008-01-02", "/?post=QUILL"]
    assert filter_view(ChosenFilters(), FACETS, 5, 5).counted == ""


def test_a_wrong_value_is_an_alert() -> None:
    wrong = ChosenFilters(wrong=tuple(unknown("post", ["QUIL"], FACETS)))
    (alert,) = drawn("chosen.html", narrow=filter_view(wrong, FACETS, 5, 5))(role="alert")
    assert texts(alert) == ["No cable here has the post “QUIL”; did you mean QUILL?"]


def test_a_chosen_value_is_offered_however_rare() -> None:
    many = {"post": [ValueCount(f"POST{number}", 1) for number in range(60)]}
    shown = filter_view(ChosenFilters(Filters.of(["POST59"])), many, 1, 60).groups[0][2]
    assert len(shown) == 41 and shown[-1].chosen
