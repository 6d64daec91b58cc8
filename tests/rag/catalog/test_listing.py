from datetime import UTC, datetime

import pytest

from rag.catalog.catalog import Catalog
from rag.catalog.listing import Listing, ListingFilters, ListingOrder
from rag.domain.access import Clearance
from rag.domain.marking import Level
from rag.errors import BadInput
from tests.rag.samples import make_cable

NONE = ListingFilters()
UNCLASSIFIED = Clearance(Level.U)


@pytest.fixture
def catalog(catalog: Catalog) -> Catalog:
    first, second = datetime(2007, 3, 1, tzinfo=UTC), datetime(2008, 5, 1, tzinfo=UTC)
    catalog.put(make_cable("08QUILL2", "A bell.", day=second, tags=("ETRD", "PREL")))
    catalog.put(make_cable("07QUILL9", "A lamp.", day=first, tags=("PREL",)))
    catalog.put(make_cable("07PORTZEPHYR1", ("U", "A ferry."), day=first, tags=("EWWT",), classification="SECRET"))
    catalog.put(make_cable("08QUILL1", "A rope.", day=None, tags=(), classification=None))
    return catalog


def listed(catalog: Catalog, filters: ListingFilters) -> list[str]:
    return [str(cable.id) for cable in Listing(catalog).page(filters, 10).cables]


def test_cables_come_in_order_of_time_with_undated_ones_last(catalog: Catalog) -> None:
    assert listed(catalog, NONE) == ["07PORTZEPHYR1", "07QUILL9", "08QUILL2", "08QUILL1"]


def test_the_pages_together_are_the_whole_list(catalog: Catalog) -> None:
    page = Listing(catalog).page(NONE, 3)
    assert page.next is not None
    rest = Listing(catalog).page(NONE, 3, page.next)
    assert [str(cable.id) for cable in (*page.cables, *rest.cables)] == listed(catalog, NONE)
    assert rest.next is None


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        (ListingFilters(post="port zephyr"), ["07PORTZEPHYR1"]),
        (ListingFilters(post="!"), []),
        (ListingFilters(year=2008), ["08QUILL2", "08QUILL1"]),
        (ListingFilters(tag="etrd"), ["08QUILL2"]),
        (ListingFilters(tag=""), []),
        (ListingFilters(classification="secret"), ["07PORTZEPHYR1"]),
        (ListingFilters(tag="PREL", year=2007), ["07QUILL9"]),
    ],
)
def test_all_filters_must_hold(catalog: Catalog, filters: ListingFilters, ids: list[str]) -> None:
    assert listed(catalog, filters) == ids


def test_all_pages_are_counted_under_all_filters(catalog: Catalog) -> None:
    page = Listing(catalog).page(NONE, 1)
    assert page.total == 4 and len(page.cables) == 1
    assert Listing(catalog).page(ListingFilters(post="QUILL", year=2008), 1, page.next).total == 2
    assert Listing(catalog.as_reader(UNCLASSIFIED)).page(NONE, 1).total == 1


def test_a_limit_of_nothing_gives_the_counts_alone(catalog: Catalog) -> None:
    page = Listing(catalog).page(NONE, 0)
    assert (page.total, page.cables, page.next) == (4, (), None)


def test_a_facet_is_counted_under_the_filters_on_the_other_fields(catalog: Catalog) -> None:
    facets = Listing(catalog).page(ListingFilters(post="QUILL", year=2008), 10).facets
    counts = {field: [(counted.value, counted.count) for counted in values] for field, values in facets.items()}
    assert counts == {
        "post": [("QUILL", 2)],
        "year": [("2007", 1), ("2008", 2)],
        "tag": [("ETRD", 1), ("PREL", 1)],
        "classification": [("CONFIDENTIAL", 1)],
    }


def test_a_reader_sees_and_filters_by_nothing_that_is_withheld(catalog: Catalog) -> None:
    reader = catalog.as_reader(UNCLASSIFIED)
    page = Listing(reader).page(NONE, 10)
    assert [(str(cable.id), cable.tags, cable.subject) for cable in page.cables] == [("07PORTZEPHYR1", (), None)]
    assert page.facets["tag"] == page.facets["classification"] == ()
    assert not Listing(reader).page(ListingFilters(tag="EWWT"), 10).cables


BY_SUBJECT, BY_POST = ListingOrder("subject"), ListingOrder("post")


@pytest.fixture
def named(catalog: Catalog) -> Catalog:
    for cable_id, subject, day in (("08ROOK1", "Zither", 5), ("08ROOK2", "anchor", 7), ("08ROOK3", None, 6)):
        when = datetime(2008, 1, day, tzinfo=UTC)
        catalog.put(make_cable(cable_id, ("U", "Text."), day=when, subject=subject, classification="SECRET"))
    return catalog


@pytest.mark.parametrize(
    ("order", "serials"),
    [
        (ListingOrder(), [1, 3, 2]),
        (ListingOrder(down=True), [2, 3, 1]),
        (BY_SUBJECT, [2, 1, 3]),
        (ListingOrder("subject", down=True), [1, 2, 3]),
        (BY_POST, [1, 3, 2]),
    ],
)
def test_cables_are_sorted_and_have_neighbours_in_every_order(
    named: Catalog, order: ListingOrder, serials: list[int]
) -> None:
    rook, listing = ListingFilters(post="ROOK"), Listing(named)
    first = listing.page(rook, 1, None, order)
    assert first.next is not None
    rest = listing.page(rook, 10, first.next, order)
    assert [cable.id.serial for cable in (*first.cables, *rest.cables)] == serials
    for place, serial in enumerate(serials):
        beside = listing.beside(rook, f"08ROOK{serial}", order)
        expected = [serials[place - 1] if place else None, serials[place + 1] if place < 2 else None]
        assert [cable.id.serial if cable else None for cable in beside] == expected


def test_undated_cables_are_last_both_ways_and_a_cursor_belongs_to_its_order(catalog: Catalog) -> None:
    ids = [str(cable.id) for cable in Listing(catalog).page(NONE, 10, None, ListingOrder(down=True)).cables]
    assert ids == ["08QUILL2", "07QUILL9", "07PORTZEPHYR1", "08QUILL1"]
    by_post = Listing(catalog).page(NONE, 1, None, BY_POST)
    assert [cable.post for cable in by_post.cables] == ["PORTZEPHYR"]
    with pytest.raises(BadInput, match="not a cursor"):
        Listing(catalog).page(NONE, 1, by_post.next, BY_SUBJECT)


def test_a_subject_that_is_withheld_places_no_cable(named: Catalog) -> None:
    listing = Listing(named.as_reader(UNCLASSIFIED))
    rook = ListingFilters(post="ROOK")
    for order in (BY_SUBJECT, ListingOrder("subject", down=True)):
        serials = [cable.id.serial for cable in listing.page(rook, 10, None, order).cables]
        assert serials == ([1, 2, 3] if not order.down else [3, 2, 1])
    assert listing.beside(rook, "08QUILL2") == (None, None), "not for this reader"


@pytest.mark.parametrize("cursor", ["", "x", "!!!", "MTIz"])
def test_a_cursor_of_no_page_is_refused(catalog: Catalog, cursor: str) -> None:
    with pytest.raises(BadInput, match="not a cursor"):
        Listing(catalog).page(NONE, 10, cursor)
