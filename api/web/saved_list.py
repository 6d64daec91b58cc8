"""`/saved`: the saved searches and the kept answers of the reader's key."""

from asyncio import to_thread
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.web.chosen_filters import address
from api.web.kept_service import KeptService
from api.web.kept_view import kept_row
from api.web.page_route import PageRoute
from api.web.searches_page import saved_search
from api.web.searches_service import SearchesService
from api.web.templates import page

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/saved")
async def saved_list(request: Request, cursor: Annotated[str, Query(max_length=200)] = "") -> HTMLResponse:
    """Searches, oldest first, and answers, the latest first."""
    kept, reader = await to_thread(KeptService(request).page, cursor or None)
    watches = await to_thread(SearchesService(request).all)
    return page(
        request,
        "saved.html",
        watches=[saved_search(each) for each in watches],
        rows=[kept_row(each, reader) for each in kept.answers],
        next=address("/saved", [("cursor", kept.next)]) if kept.next else None,
        first=bool(cursor),
    )


@router.get("/saved/new")
async def new_badge(request: Request) -> HTMLResponse:
    """How many hits are new to all saved searches, for the head of a page."""
    watches = await to_thread(SearchesService(request).all)
    return page(request, "badge.html", new=sum(each["new"] or 0 for each in watches))
