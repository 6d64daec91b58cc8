"""`/browse`: the cables as a table, filtered by their fields, by days and by words. All of it is in the address."""

from asyncio import to_thread
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.datastructures import QueryParams

from api.web.chosen_filters import ChosenFilters, Facets, WrongValue, address, corrections, unknown
from api.web.page_route import PageRoute
from api.web.page_service import PageService
from api.web.templates import page
from api.web.timeline import Bar, bars
from api.web.turn_view import CitedCable, Citing
from rag.catalog.listing import ListingFilters
from rag.domain.tag_meanings import tag_meaning
from rag.query.query import checked

KINDS = (("post", "Post"), ("year", "Year"), ("tag", "TAGS"), ("classification", "Classification"))

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@dataclass(frozen=True, slots=True)
class BrowseQuery:
    """What an address asks for; `cursor` is the page."""

    words: str
    listing: ListingFilters
    cursor: str | None
    wrong: tuple[WrongValue, ...]

    @classmethod
    def read(cls, sent: QueryParams, facets: Facets) -> "BrowseQuery":
        """From an address, checked against the values that the archive has for this reader."""
        chosen = ChosenFilters.read(sent)
        value = {name: sent.get(name, "").strip() for name, _ in KINDS}
        wrong = [each for name in value for each in unknown(name, [value[name]] if value[name] else [], facets)]
        right = {name: None if any(each.field == name for each in wrong) else value[name] or None for name in value}
        year = right.pop("year")
        days = {"date_from": chosen.filters.date_from, "date_to": chosen.filters.date_to}
        listing = ListingFilters(**right, **days, year=int(year) if year else None)  # type: ignore[arg-type] # as named
        return cls(sent.get("query", "").strip(), listing, sent.get("cursor") or None, (*wrong, *chosen.wrong))

    def address(self, **changed: object) -> str:
        """The address with these filters instead, from the first page on; `cursor` names another page."""
        cursor = changed.pop("cursor", "")
        listing = replace(self.listing, **changed)  # type: ignore[arg-type] # the names are fields of ListingFilters
        names = ("post", "year", "tag", "classification", "date_from", "date_to")
        values = ((name, getattr(listing, name)) for name in names)
        stated = [(name, "" if value is None else str(value)) for name, value in values]
        return address("/browse", [("query", self.words), *stated, ("cursor", str(cursor))])


@dataclass(frozen=True, slots=True)
class BarView:
    """A bar: its label, its share of the highest (0 to 100), where it leads, and whether it is the one chosen."""

    name: str
    label: str
    share: float
    path: str | None
    chosen: bool


@router.get("/browse")
async def browse_page(request: Request) -> HTMLResponse:
    """The page."""
    context = await to_thread(_context, PageService(request), request.query_params)
    return page(request, "browse.html", HTTPStatus.BAD_REQUEST if context["wrong"] else HTTPStatus.OK, **context)


def _context(service: PageService, sent: QueryParams) -> dict[str, Any]:
    facets = service.facets()
    asked = BrowseQuery.read(sent, facets)
    listed = service.list_cables(asked.listing, asked.cursor)
    context = {
        "asked": asked,
        "wrong": corrections(asked.wrong, "/browse", [pair for pair in sent.multi_items() if pair[0] != "cursor"]),
        "kinds": [_kind(asked, name, title, listed["facets"][name]) for name, title in KINDS],
        "counted": _counted(asked, listed["total"], service.holdings().cables),
        "any_filter": asked.listing != ListingFilters(),
    }
    if asked.words and not asked.wrong:
        return context | _found(service, asked)
    years = [(f"{year.value}-01", year.count) for year in listed["facets"]["year"]]
    return context | {
        "timeline": _timeline(asked, bars(years, by_year=True), "cable"),
        "cables": listed["cables"],
        "next": asked.address(cursor=listed["next"]) if listed["next"] else None,
        "first": asked.address() if asked.cursor else None,
        "groups": None,
    }


def _found(service: PageService, asked: BrowseQuery) -> dict[str, Any]:
    results = service.search(checked(asked.words), asked.listing)
    citing = Citing(results.passages)
    groups: Sequence[CitedCable] = citing.cables([passage.key for passage in results.passages])
    return {
        "timeline": _timeline(asked, bars(results.months), "paragraph"),
        "groups": groups,
        "paragraphs": len(results.passages),
        "cables": (),
        "next": None,
        "first": None,
    }


def _kind(asked: BrowseQuery, name: str, title: str, counts: Iterable[Any]) -> dict[str, Any]:
    current = getattr(asked.listing, name)
    chosen = "" if current is None else str(current)
    options = [
        (item.value, tag_meaning(item.value) if name == "tag" else None, item.count, item.value == chosen)
        for item in counts
    ]
    return {"name": name, "title": title, "chosen": chosen, "options": options}


def _counted(asked: BrowseQuery, left: int, total: int) -> str:
    """How many cables the filters leave."""
    return f"{left:,} of {total:,} cables" if asked.listing != ListingFilters() else f"{total:,} cables"


def _timeline(asked: BrowseQuery, periods: Sequence[Bar], what: str) -> dict[str, Any]:
    most = max((bar.count for bar in periods), default=0)
    by = "month" if periods and " " in periods[0].name else "year"
    views = [
        BarView(
            bar.name,
            f"{bar.name}: {bar.count:,} {what}{'' if bar.count == 1 else 's'}",
            round(100 * bar.count / most, 1),
            _period(asked, bar) if bar.count else None,
            _is_chosen(asked.listing, bar),
        )
        for bar in periods
    ]
    return {"caption": f"{what.capitalize()}s by {by}", "bars": views}


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
