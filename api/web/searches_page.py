"""`/searches/{search}`: a saved search with its new hits first; it is saved on Browse."""

from asyncio import to_thread
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import QueryParams

from api.web.browse_query import EVERY, BrowseQuery
from api.web.chosen_filters import address
from api.web.conditions import condition_labels
from api.web.page_route import PageRoute
from api.web.page_service import PageService
from api.web.scan_view import counted_hits, hit_view
from api.web.searches_service import SearchesService
from api.web.templates import page, root_of
from rag.domain.answer import Condition
from rag.domain.filters import Filters
from rag.errors import BadInput

router = APIRouter(route_class=PageRoute, include_in_schema=False)

SearchIdPath = Annotated[str, Path(max_length=64)]


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A saved search; `about` says what it looks for, `all` is the address of all hits where Browse can state it."""

    id: str
    name: str
    about: str
    new: int | None
    problem: str
    feed: bool
    all: str


def saved_search(watch: dict[str, Any]) -> SavedSearch:
    """A `watch` object as the pages show it."""
    filters = Filters.from_json(watch["filters"])
    pairs = list(filters.conditions())
    labels = [label for label, _ in condition_labels([Condition(*pair) for pair in pairs])]
    stated = len({name for name, _ in pairs}) == len(pairs)
    return SavedSearch(
        id=watch["id"],
        name=watch["name"],
        about=" · ".join([*([watch["query"]] if watch["query"] != watch["name"] else []), *labels]),
        new=watch["new"],
        problem=watch["problem"] or "",
        feed=watch["feed"],
        all=address("/browse", [("query", watch["query"]), ("mode", EVERY), *pairs]) if stated else "",
    )


@router.post("/searches")
async def save_search(request: Request) -> Response:
    """Save what Browse was asked for."""
    sent = [(name, value) for name, value in (await request.form()).multi_items() if isinstance(value, str)]
    facets = await to_thread(PageService(request).facets)
    asked = BrowseQuery.read(QueryParams(sent), facets)
    if asked.wrong:
        raise BadInput(asked.wrong[0].message)
    watch = await to_thread(SearchesService(request).add, asked)
    return _to(request, f"/searches/{watch['id']}")


@router.get("/searches/{search_id}")
async def search_page(
    request: Request, search_id: SearchIdPath, cursor: Annotated[str, Query(max_length=200)] = ""
) -> HTMLResponse:
    """What is new to it."""
    return await _shown(request, search_id, cursor)


@router.post("/searches/{search_id}/seen")
async def seen(request: Request, search_id: SearchIdPath, mark: Annotated[int, Form(ge=0, le=2**62)]) -> Response:
    """Note that the hits of a page were seen."""
    await to_thread(SearchesService(request).see, search_id, mark)
    return _to(request, f"/searches/{search_id}")


@router.post("/searches/{search_id}/feed")
async def feed_address(request: Request, search_id: SearchIdPath) -> HTMLResponse:
    """A new address of the feed, shown this once."""
    url = await to_thread(SearchesService(request).open_feed, search_id)
    return await _shown(request, search_id, "", url)


@router.post("/searches/{search_id}/delete")
async def delete_search(request: Request, search_id: SearchIdPath) -> Response:
    """Remove it, and with it the address of its feed."""
    await to_thread(SearchesService(request).remove, search_id)
    return _to(request, "/saved")


async def _shown(request: Request, search_id: str, cursor: str, url: str = "") -> HTMLResponse:
    service = SearchesService(request)
    context: dict[str, Any] = {"hits": (), "refused": "", "found": "", "mark": 0, "next": None, "first": None}
    try:
        new = await to_thread(service.new, search_id, cursor or None)
    except BadInput as error:
        watch = await to_thread(service.one, search_id)
        context["refused"] = str(error)
    else:
        watch, found, path = new.json()["watch"], new.page, f"/searches/{search_id}"
        context |= {
            "hits": [hit_view(hit) for hit in found.hits],
            "found": f"New: {counted_hits(found.totals.total, found.totals.undated)}",
            "mark": new.mark,
            "next": address(path, [("cursor", found.next)]) if found.next else None,
            "first": path if cursor else None,
        }
    response = page(request, "search.html", watch=saved_search(watch), url=url, **context)
    if url:
        response.headers["cache-control"] = "no-store"
    return response


def _to(request: Request, path: str) -> RedirectResponse:
    return RedirectResponse(f"{root_of(request)}{path}", HTTPStatus.SEE_OTHER)
