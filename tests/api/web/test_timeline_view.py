"""Bars that narrow what is browsed."""

from starlette.datastructures import QueryParams

from api.web.browse_query import BrowseQuery
from api.web.timeline import bars
from api.web.timeline_view import TimelineView, timeline_view


def drawn(query: str, by_year: bool) -> TimelineView:
    asked = BrowseQuery.read(QueryParams(query), {})
    return timeline_view(asked, bars([("2007-11", 4), ("2008-01", 1)], by_year), "cable")


def test_a_bar_leads_to_its_period() -> None:
    months = drawn("query=ferry", False)
    assert months.caption == "Cables by month"
    assert [(bar.label, bar.share) for bar in months.bars] == [
        ("November 2007: 4 cables", 100.0),
        ("December 2007: 0 cables", 0.0),
        ("January 2008: 1 cable", 25.0),
    ]
    assert [bar.path for bar in months.bars] == [
        "/browse?query=ferry&date_from=2007-11-01&date_to=2007-11-30",
        None,
        "/browse?query=ferry&date_from=2008-01-01&date_to=2008-01-31",
    ]


def test_the_chosen_bar_leads_back() -> None:
    (first, second) = drawn("date_from=2007-01-01&date_to=2007-12-31", True).bars
    assert first.chosen and first.path == "/browse"
    assert not second.chosen and second.path == "/browse?year=2008"
