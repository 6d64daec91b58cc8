"""`/browse`: the cables as a table, filtered by their fields, by days and by words. All of it is in the address."""

from asyncio import to_thread
from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, StreamingResponse
from starlette.datastructures import QueryParams

from api.web.browse_query import KINDS, BrowseQuery
from api.web.chosen_filters import corrections
from api.web.page_route import PageRoute
from api.web.page_service import PageService
from api.web.scan_view import csv_of, scan_view
from api.web.templates import page
from api.web.timeline import bars
from api.web.timeline_view import timeline_view
from api.web.turn_view import CitedCable, Citing
from rag.catalog.listing import ListingFilters, ListingOrder, SortField
from rag.domain.tag_meanings import tag_meaning
from rag.errors import BadInput
from rag.query.query import checked

_COLUMNS: tuple[tuple[str, SortField | None], ...] = (
    ("Date", "date"),
    ("Cable", "post"),
    ("Classification", None),
    ("Subject", "subject"),
)

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/browse")
async def browse_page(request: Request) -> HTMLResponse:
    """The page."""
    context = await to_thread(_context, PageService(request), request.query_params)
    return page(
        request,
        "browse.html",
        HTTPStatus.BAD_REQUEST if context["wrong"] or context["refused"] else HTTPStatus.OK,
        **context,
    )


@router.get("/browse/hits.csv")
async def hits_file(request: Request) -> StreamingResponse:
    """Every hit of a scan as CSV, under the filters of the address."""
    service = PageService(request)
    asked = BrowseQuery.read(request.query_params, await to_thread(service.facets))
    if asked.wrong:
        raise BadInput(asked.wrong[0].message)
    batches = await to_thread(service.scan_batches, asked.words, asked.listing)
    headers = {"content-disposition": 'attachment; filename="hits.csv"'}
    return StreamingResponse(map(csv_of, batches), media_type="text/csv", headers=headers)


def _context(service: PageService, sent: QueryParams) -> dict[str, Any]:
    facets = service.facets()
    asked = BrowseQuery.read(sent, facets)
    listed = service.list_cables(asked.listing, None if asked.words else asked.cursor, asked.order)
    context: dict[str, Any] = {
        "cables": (),
        "groups": None,
        "scan": None,
        "refused": "",
        "timeline": None,
        "next": None,
        "first": None,
        "asked": asked,
        "columns": [_column(asked, *column) for column in _COLUMNS],
        "wrong": corrections(asked.wrong, "/browse", [pair for pair in sent.multi_items() if pair[0] != "cursor"]),
        "kinds": [_kind(asked, name, title, listed["facets"][name]) for name, title in KINDS],
        "counted": _counted(asked, listed["total"], service.holdings().cables),
        "any_filter": asked.listing != ListingFilters(),
    }
    if asked.words and not asked.wrong:
        return context | (_scanned(service, asked) if asked.every else _found(service, asked))
    years = [(f"{year.value}-01", year.count) for year in listed["facets"]["year"]]
    return context | {
        "timeline": timeline_view(asked, bars(years, by_year=True), "cable"),
        "cables": listed["cables"],
        "next": asked.address(cursor=listed["next"]) if listed["next"] else None,
        "first": asked.address() if asked.cursor else None,
    }


def _found(service: PageService, asked: BrowseQuery) -> dict[str, Any]:
    results = service.search(checked(asked.words), asked.listing)
    citing = Citing(results.passages)
    groups: Sequence[CitedCable] = citing.cables([passage.key for passage in results.passages])
    return {
        "timeline": timeline_view(asked, bars(results.months), "paragraph"),
        "groups": groups,
        "paragraphs": len(results.passages),
    }


def _scanned(service: PageService, asked: BrowseQuery) -> dict[str, Any]:
    try:
        found = service.scan(asked.words, asked.listing, asked.cursor)
    except BadInput as error:
        return {"refused": str(error)}
    months = list(found.totals.by_month.items())
    return {
        "timeline": timeline_view(asked, bars(months), "paragraph"),
        "scan": scan_view(asked, found),
        "next": asked.address(cursor=found.next) if found.next else None,
        "first": asked.address() if asked.cursor else None,
    }


def _column(asked: BrowseQuery, title: str, field: SortField | None) -> tuple[str, str | None, str | None]:
    """A column's title, the address that sorts by it, or the other way round, and how it is sorted now."""
    if field is None:
        return title, None, None
    sorted_by = asked.order.field == field
    path = asked.address(order=ListingOrder(field, down=sorted_by and not asked.order.down))
    return title, path, ("descending" if asked.order.down else "ascending") if sorted_by else None


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
