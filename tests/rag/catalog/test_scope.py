from datetime import UTC, date, datetime

import pytest

from rag.catalog.catalog import Catalog
from rag.catalog.scope import cables_within, in_words
from rag.domain.access import Clearance
from rag.domain.filters import Filters
from rag.domain.marking import Level
from tests.rag.samples import make_cable

POSTS = {"PORTZEPHYR": "PORT ZEPHYR"}


@pytest.fixture
def catalog(catalog: Catalog) -> Catalog:
    catalog.put(make_cable("07QUILL1", "A lamp.", day=datetime(2007, 12, 31, 23, 59, 59, tzinfo=UTC)))
    catalog.put(make_cable("08QUILL2", "A bell.", day=datetime(2008, 1, 1, tzinfo=UTC), tags=("ETRD", "PREL")))
    catalog.put(make_cable("08PORTZEPHYR3", ("U", "A ferry."), day=None, classification="SECRET"))
    return catalog


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (Filters(), 3),
        (Filters.of(posts=["quill"]), 2),
        (Filters.of(posts=["quill", "port zephyr"]), 3),
        (Filters.of(date_to=date(2007, 12, 31)), 1),
        (Filters.of(date_from=date(2008, 1, 1)), 1),
        (Filters.of(tags=["PREL"]), 3),
        (Filters.of(tags=["ETRD", "XXXX"]), 1),
        (Filters.of(classifications=["secret"]), 1),
        (Filters(cables=frozenset(("07QUILL1", "99NONE1"))), 1),
        (Filters.of(posts=["quill"], tags=["ETRD"], date_to=date(2007, 12, 31)), 0),
    ],
)
def test_the_cables_a_search_looks_through_are_counted(catalog: Catalog, filters: Filters, count: int) -> None:
    assert cables_within(catalog, filters) == count


@pytest.mark.parametrize(
    ("filters", "count"), [(Filters(), 1), (Filters.of(tags=["PREL"]), 0), (Filters.of(classifications=["SECRET"]), 0)]
)
def test_a_reader_counts_by_no_field_that_is_withheld(catalog: Catalog, filters: Filters, count: int) -> None:
    assert cables_within(catalog.as_reader(Clearance(Level.U)), filters) == count


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        (Filters(), ""),
        (Filters.of(posts=["port zephyr", "quill"]), "from Port Zephyr or Quill"),
        (Filters.of(date_from=date(2007, 1, 1), date_to=date(2007, 12, 31)), "in 2007"),
        (Filters.of(date_from=date(2008, 2, 1), date_to=date(2008, 2, 29)), "in February 2008"),
        (Filters.of(date_from=date(2008, 2, 1), date_to=date(2008, 2, 2)), "between 2008-02-01 and 2008-02-02"),
        (Filters.of(date_from=date(2008, 2, 1)), "since 2008-02-01"),
        (Filters.of(date_to=date(2008, 2, 1)), "up to 2008-02-01"),
        (Filters.of(["quill"], ["PREL"], classifications=["SECRET"]), "classified SECRET from Quill tagged PREL"),
        (Filters(cables=frozenset(("08QUILL2",))), "named in the question"),
    ],
)
def test_filters_are_put_in_words(filters: Filters, words: str) -> None:
    assert in_words(filters, POSTS) == words
