"""What an archive holds of each post's cables."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from rag.catalog.catalog import Catalog, open_catalog
from rag.catalog.coverage import Coverage, coverage_json
from rag.domain.access import Clearance
from rag.domain.marking import Level
from rag.errors import NotFound
from rag.settings import Settings
from tests.rag.samples import make_cable

CABLES = [
    make_cable("08QUILL3", "One.", references=("08QUILL7", "08QUILL4", "07ROOK5", "08QUILLBAY9")),
    make_cable("08QUILL7", ("S", "Two."), classification="SECRET", references=("08QUILL8", "07ROOK5")),
    make_cable("08QUILL12", "Three.", day=datetime(2008, 9, 1, tzinfo=UTC)),
    make_cable("07QUILL1", "Four.", day=None),
    make_cable("99NEWROOK2", "Five."),
]


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    catalog = open_catalog(Settings(store=tmp_path), create=True)
    for cable in CABLES:
        catalog.put(cable)
    return catalog


def test_a_year_of_a_post_has_months_gaps_and_what_others_refer_to(catalog: Catalog) -> None:
    first, second = coverage_json(Coverage(catalog).years("Quill"), whole=True)["years"]
    assert (first["year"], first["cables"], first["undated"], first["by_month"]) == (2007, 1, 1, [])
    assert second == {
        "post": "QUILL",
        "year": 2008,
        "cables": 3,
        "undated": 0,
        "by_month": [{"value": "2008-08", "count": 2}, {"value": "2008-09", "count": 1}],
        "lowest": 3,
        "highest": 12,
        "missing": 7,
        "lacking": 2,
        "gaps": [{"first": 4, "last": 6, "count": 3}, {"first": 8, "last": 11, "count": 4}],
        "lacking_cables": [{"value": "08QUILL4", "count": 1}, {"value": "08QUILL8", "count": 1}],
    }


def test_all_posts_that_sent_cables_are_told_of_in_numbers(catalog: Catalog) -> None:
    shown = coverage_json(Coverage(catalog).years(), whole=False)
    assert (shown["cables"], shown["undated"]) == (5, 1)
    assert [(each["post"], each["year"]) for each in shown["years"]] == [
        ("NEWROOK", 1999),
        ("QUILL", 2007),
        ("QUILL", 2008),
    ]
    assert shown["years"][2]["gaps"] is None and shown["years"][2]["lacking"] == 2
    assert [each.post for each in Coverage(catalog).years(year=1999)] == ["NEWROOK"]


def test_a_post_of_which_nothing_is_held_is_told_of_where_others_refer_to_it(catalog: Catalog) -> None:
    [rook] = Coverage(catalog).years("rook")
    assert rook.serials == [] and rook.lacking == {"07ROOK5": 2}
    assert rook.json(whole=True)["lowest"] is None


def test_what_a_reader_may_not_see_is_missing_and_refers_to_nothing(catalog: Catalog) -> None:
    reader = Coverage(catalog.as_reader(Clearance(Level.C)))
    [year] = reader.years("quill", 2008)
    assert year.serials == [3, 12] and year.lacking == {"08QUILL4": 1, "08QUILL7": 1}
    [rook] = reader.years("rook")
    assert rook.lacking == {"07ROOK5": 1}


def test_an_unknown_post_is_refused_with_the_nearest_ones(catalog: Catalog) -> None:
    with pytest.raises(NotFound, match="did you mean QUILL"):
        Coverage(catalog).years("quil")
    with pytest.raises(NotFound, match="cables coverage"):
        Coverage(catalog).years("xyz")
    assert Coverage(catalog).years("quill", 1999) == []
