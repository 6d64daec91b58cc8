"""Counts by month or year as bars that narrow what is browsed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from api.web.browse_query import BrowseQuery
from api.web.timeline import Bar
from rag.catalog.listing import ListingFilters


@dataclass(frozen=True, slots=True)
class BarView:
    """A bar: its label, its share of the highest (0 to 100), where it leads, and whether it is the one chosen."""

    name: str
    label: str
    share: float
    path: str | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class TimelineView:
    """Bars, oldest first, under a caption."""

    caption: str
    bars: tuple[BarView, ...]


def timeline_view(asked: BrowseQuery, periods: Sequence[Bar], what: str) -> TimelineView:
    """The bars, which count `what`; one leads to its period, the chosen one back."""
    most = max((bar.count for bar in periods), default=0)
    by = "month" if periods and " " in periods[0].name else "year"
    views = tuple(
        BarView(
            bar.name,
            f"{bar.name}: {bar.count:,} {what}{'' if bar.count == 1 else 's'}",
            round(100 * bar.count / most, 1),
            _period(asked, bar) if bar.count else None,
            _is_chosen(asked.listing, bar),
        )
        for bar in periods
    )
    return TimelineView(f"{what.capitalize()}s by {by}", views)


def _period(asked: BrowseQuery, bar: Bar) -> str:
    if _is_chosen(asked.listing, bar):
        return asked.address(year=None, date_from=None, date_to=None)
    if _is_year(bar):
        return asked.address(year=bar.first.year, date_from=None, date_to=None)
    return asked.address(year=None, date_from=bar.first, date_to=bar.last)


def _is_chosen(listing: ListingFilters, bar: Bar) -> bool:
    if _is_year(bar) and listing.year == bar.first.year:
        return True
    return (listing.date_from, listing.date_to) == (bar.first, bar.last)


def _is_year(bar: Bar) -> bool:
    return (bar.first, bar.last) == (date(bar.first.year, 1, 1), date(bar.first.year, 12, 31))
