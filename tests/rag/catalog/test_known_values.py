"""Filters with values that the archive does not have."""

from datetime import date

import pytest

from rag.catalog.catalog import Catalog
from rag.catalog.known_values import check_filters, did_you_mean
from rag.domain.access import Clearance
from rag.domain.filters import Filters
from rag.domain.marking import Level
from rag.errors import BadInput
from tests.rag.samples import make_cable


@pytest.fixture
def held(catalog: Catalog) -> Catalog:
    catalog.put(make_cable("08TOKYO1", ("U", "Text."), tags=("PREL", "ETRD"), classification="SECRET"))
    catalog.put(make_cable("08STATE1", ("S", "Text."), tags=("KNNP",)))
    return catalog


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        (Filters.of(["tokio"]), "no cable of the post 'TOKIO'; did you mean TOKYO?"),
        (Filters.of(["SecState"]), "did you mean STATE?"),
        (Filters.of(["Tokyo", "qqqq"]), "'QQQQ'; `cables coverage` lists the posts"),
        (Filters.of(tags=["prl"]), "with the TAG 'PRL'; did you mean PREL?"),
        (Filters.of(classifications=["secrt"]), "classified 'SECRT'; did you mean SECRET?"),
        (Filters.of(date_from=date(2008, 2, 1), date_to=date(2008, 1, 1)), "swap the two dates"),
    ],
)
def test_a_value_that_no_cable_has_is_refused_with_the_nearest(held: Catalog, filters: Filters, words: str) -> None:
    with pytest.raises(BadInput) as refused:
        check_filters(held, filters)
    assert words in str(refused.value)


def test_values_that_there_are_pass(held: Catalog) -> None:
    day = date(2008, 1, 1)
    filters = Filters.of(["Tokyo"], ["prel"], day, day, ["secret"])
    assert check_filters(held, filters) == filters
    assert check_filters(held, Filters()) == Filters()


@pytest.mark.parametrize("filters", [Filters.of(["state"]), Filters.of(tags=["knnp"]), Filters.of(tags=["prel"])])
def test_what_a_reader_may_not_see_is_not_suggested(held: Catalog, filters: Filters) -> None:
    check_filters(held, filters)
    with pytest.raises(BadInput) as refused:
        check_filters(held.as_reader(Clearance(Level.U)), filters)
    assert "did you mean" not in str(refused.value)


def test_the_beginning_of_a_value_is_near_it() -> None:
    assert did_you_mean("CONF", ["CONFIDENTIAL", "SECRET"]) == "did you mean CONFIDENTIAL?"
    assert did_you_mean("X", ["XY"]) == "did you mean XY?"
    assert did_you_mean("QQ", ["XY"]) is None
