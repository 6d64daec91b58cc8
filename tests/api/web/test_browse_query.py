"""What an address of `/browse` asks for."""

from starlette.datastructures import QueryParams

from api.web.browse_query import BrowseQuery
from rag.catalog.listing import ListingFilters, ValueCount

FACETS = {"post": [ValueCount("QUILL", 2)], "year": [ValueCount("2008", 2)], "tag": [], "classification": []}


def read(query: str) -> BrowseQuery:
    return BrowseQuery.read(QueryParams(query), FACETS)


def test_an_address_is_read_and_stated() -> None:
    asked = read("query=+ferry+&mode=every&post=QUILL&year=2008&cursor=abc")
    assert (asked.words, asked.every, asked.listing, asked.cursor) == (
        "ferry",
        True,
        ListingFilters("QUILL", 2008),
        "abc",
    )
    assert asked.address() == "/browse?query=ferry&mode=every&post=QUILL&year=2008"
    assert asked.address(post=None, cursor="next") == "/browse?query=ferry&mode=every&year=2008&cursor=next"
    assert asked.address(path="/browse/hits.csv").startswith("/browse/hits.csv?query=ferry&")


def test_values_that_no_cable_has_are_wrong_and_narrow_nothing() -> None:
    asked = read("post=QUIL&year=1066")
    assert [(each.field, each.suggestions) for each in asked.wrong] == [("post", ("QUILL",)), ("year", ())]
    assert asked.listing == ListingFilters() and not asked.every
