from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from rag.catalog.catalog import Catalog
from rag.catalog.counting import CableCounts, CableSelection, GroupedBy
from rag.domain.access import Clearance
from rag.domain.filters import Filters
from rag.domain.marking import Level
from tests.rag.samples import make_cable

ALL = CableSelection()


@pytest.fixture
def catalog(catalog: Catalog) -> Catalog:
    early, late = datetime(2007, 5, 1, tzinfo=UTC), datetime(2008, 1, 2, tzinfo=UTC)
    catalog.put(replace(make_cable("07QUILL1", "A lamp.", day=early), signers=("ANN DOE", "BOB ROE")))
    catalog.put(
        replace(make_cable("08QUILL2", ("U", "A bell."), day=late, tags=("ETRD", "PREL")), signers=("ANN DOE",))
    )
    catalog.put(make_cable("08PORTZEPHYR3", ("U", "A ferry."), day=None, classification="UNCLASSIFIED"))
    return catalog


@pytest.mark.parametrize(
    ("chosen", "ids"),
    [
        (ALL, ["07QUILL1", "08QUILL2", "08PORTZEPHYR3"]),
        (CableSelection(Filters.of(["quill"])), ["07QUILL1", "08QUILL2"]),
        (CableSelection(all_tags=("PREL", "ETRD")), ["08QUILL2"]),
        (CableSelection(ids=frozenset(("08PORTZEPHYR3", "99NONE1"))), ["08PORTZEPHYR3"]),
        (CableSelection(ids=frozenset()), []),
    ],
)
def test_cables_are_counted_and_listed_in_order_of_time(
    catalog: Catalog, chosen: CableSelection, ids: list[str]
) -> None:
    counts = CableCounts(catalog)
    assert counts.count(chosen) == len(ids)
    assert counts.ids(chosen, 10) == ids
    assert [str(cable.id) for cable in counts.headers(ids)] == ids


def test_the_latest_come_first_and_undated_ones_last(catalog: Catalog) -> None:
    assert CableCounts(catalog).ids(ALL, 3, latest=True) == ["08QUILL2", "07QUILL1", "08PORTZEPHYR3"]
    assert CableCounts(catalog).ids(ALL, 1, latest=True) == ["08QUILL2"]


def test_more_ids_than_one_statement_holds(catalog: Catalog) -> None:
    many = frozenset([*(f"01NONE{number}" for number in range(1, 1200)), "07QUILL1", "08QUILL2"])
    assert CableCounts(catalog).ids(CableSelection(ids=many), 1, latest=True) == ["08QUILL2"]
    assert CableCounts(catalog).count(CableSelection(ids=many)) == 2


@pytest.mark.parametrize(
    ("by", "values"),
    [
        ("post", [("QUILL", 2), ("PORTZEPHYR", 1)]),
        ("signer", [("ANN DOE", 2), ("BOB ROE", 1)]),
        ("year", [("2007", 1), ("2008", 1)]),
        ("month", [("2007-05", 1), ("2008-01", 1)]),
        ("tag", [("PREL", 3), ("ETRD", 1)]),
        ("classification", [("CONFIDENTIAL", 2), ("UNCLASSIFIED", 1)]),
    ],
)
def test_cables_are_counted_by_value(catalog: Catalog, by: GroupedBy, values: list[tuple[str, int]]) -> None:
    assert [(each.value, each.count) for each in CableCounts(catalog).groups(ALL, by)] == values


def test_undated_cables_are_counted_where_a_date_leaves_them_out(catalog: Catalog) -> None:
    counts = CableCounts(catalog)
    assert counts.undated(ALL) == 0
    assert counts.undated(CableSelection(Filters.of(date_from=date(2007, 1, 1)))) == 1
    assert counts.undated(CableSelection(Filters.of(["quill"], date_from=date(2007, 1, 1)))) == 0


def test_signers_are_found_by_any_of_their_names(catalog: Catalog) -> None:
    counts = CableCounts(catalog)
    assert counts.signed_by("Doe", Filters()) == {"07QUILL1", "08QUILL2"}
    assert counts.signed_by("Bob Roe", Filters()) == {"07QUILL1"}
    assert counts.signed_by("Ro", Filters()) == frozenset()


def test_a_reader_counts_by_no_field_they_may_not_see(catalog: Catalog) -> None:
    counts = CableCounts(catalog.as_reader(Clearance(Level.U)))
    assert counts.count(ALL) == 2, "one cable has no open paragraph"
    assert counts.signed_by("Doe", Filters()) == frozenset()
    assert [each.value for each in counts.groups(ALL, "tag")] == ["PREL"]
    assert counts.subjects(ALL, 10) == ["A MATTER OF LIGHTHOUSES"]
    assert counts.count(CableSelection(all_tags=("PREL", "ETRD"))) == 0
    assert [cable.subject for cable in counts.headers(["07QUILL1", "08QUILL2"])] == [None]


def test_tags_are_counted_among_cables_chosen_by_a_tag(catalog: Catalog) -> None:
    counts = CableCounts(catalog)
    for chosen in (CableSelection(Filters.of(tags=["ETRD"])), CableSelection(all_tags=("ETRD",))):
        assert [(each.value, each.count) for each in counts.groups(chosen, "tag")] == [("ETRD", 1), ("PREL", 1)]


def test_a_signer_is_found_by_the_whole_name_or_by_what_is_printed(catalog: Catalog) -> None:
    counts = CableCounts(catalog)
    for name in ("Doe", "ann doe", "Ann Mary Doe"):
        assert counts.signed_by(name, Filters()) == {"07QUILL1", "08QUILL2"}
    assert not counts.signed_by("Ann Smith", Filters())
