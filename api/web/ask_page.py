"""`/`: a question, its answer, and beside it the cable reader. All that the page shows is in its address."""

import json
from asyncio import to_thread
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from http import HTTPStatus

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event
from starlette.datastructures import ImmutableMultiDict, QueryParams

from api.http.disconnect import run_until_disconnect
from api.http.sse import with_silences
from api.web.asked import Asked
from api.web.chosen_filters import ChosenFilters, Facets, corrections
from api.web.filter_view import FilterView, filter_view
from api.web.history import remembered, restored, turns_of
from api.web.page_route import PageRoute
from api.web.page_service import PageService
from api.web.read_page import OpenedBeside, opened_beside
from api.web.templates import page
from api.web.turn_events import answered, finished_turn, turn_events
from api.web.turn_view import TurnView
from rag.domain.events import last
from rag.errors import CablesError, Unauthorized
from rag.query.conversation import Turn
from rag.query.scan_reader import MOST_SCANNED

LIVE = "cables_live"
"""The cookie of a browser that runs the page's script: it asks itself, so that sentences come as they are verified."""

_MOST_FOLLOWED = 10
"""How many earlier answers a question can follow up."""

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Welcome:
    """What an empty page shows."""

    summary: str
    suggestions: tuple[tuple[str, str], ...]
    """Questions with their addresses."""


@router.get("/")
async def ask_page(request: Request) -> Response:
    """The page, with the answer to the question in its address, if there is one."""
    service = PageService(request)
    facets = await to_thread(service.facets)
    asked, opened = Asked.read(request.query_params, facets), "open" in request.query_params
    turn = await _turn(request, service, asked) if asked.question and not asked.wrong else None
    return page(
        request,
        "ask.html",
        HTTPStatus.BAD_REQUEST if asked.wrong else HTTPStatus.OK,
        asked=asked,
        wrong_values=corrections(asked.wrong, "/", request.query_params.multi_items()),
        turn=turn,
        before=[(question, Asked(question).address("/")) for question in asked.before],
        welcome=None if turn else await to_thread(_welcome, service),
        narrow=await to_thread(_narrow, service, asked.chosen, facets),
        opened=await to_thread(_opened, service, request.query_params) if opened else None,
    )


@router.post("/ask")
async def ask(request: Request) -> Response:
    """The question of the form, answered as server-sent events that hold parts of the page."""
    sent = (await request.form()).multi_items()
    form = ImmutableMultiDict([(name, value) for name, value in sent if isinstance(value, str)])
    asked = Asked.read(form)
    before = remembered(form.getlist("turn")[-_MOST_FOLLOWED:])
    earlier = list(turns_of(before)) or [Turn("user", question) for question in asked.before]
    return EventSourceResponse(_events(turn_events(request, asked, earlier)))


@router.post("/turns")
async def turns(request: Request) -> HTMLResponse:
    """The conversation that the browser kept, as JSON, as far as the archive still holds it."""
    service = PageService(request)
    try:
        sent = [str(state) for state in json.loads(await request.body())]
    except (ValueError, TypeError, RecursionError):
        sent = []
    shown = [await finished_turn(request, turn) for turn in await to_thread(restored, sent, service.passages)]
    return page(request, "turns.html", turns=shown)


@router.get("/filters")
async def filters(request: Request) -> HTMLResponse:
    """The filters of the form as chips, with how many cables they leave."""
    service = PageService(request)
    facets = await to_thread(service.facets)
    chosen = ChosenFilters.read(request.query_params, facets)
    status = HTTPStatus.BAD_REQUEST if chosen.wrong else HTTPStatus.OK
    return page(request, "chosen.html", status, narrow=await to_thread(_narrow, service, chosen, facets))


async def _turn(request: Request, service: PageService, asked: Asked) -> TurnView:
    if LIVE in request.cookies and "plain" not in request.query_params:
        return TurnView.begun(asked)
    earlier = [Turn("user", question) for question in asked.before]
    asking = service.ask(asked.question, asked.filters, asked.without, earlier)
    try:
        answer = await run_until_disconnect(request, last(asking))
    except Unauthorized:
        raise
    except CablesError as error:
        return TurnView(asked, failure=str(error))
    return await answered(request, asked, answer)


async def _events(parts: AsyncGenerator[str, None]) -> AsyncGenerator[bytes, None]:
    async with aclosing(with_silences(parts)) as steps:
        async for part in steps:
            yield KEEPALIVE_COMMENT if part is None else format_sse_event(data_str=part)


def _opened(service: PageService, sent: QueryParams) -> OpenedBeside:
    return opened_beside(service, sent["open"][:80], sent.getlist("mark"), sent.get("find", "")[:MOST_SCANNED])


def _welcome(service: PageService) -> Welcome:
    size = service.holdings()
    posts = f"{', '.join(size.posts[:6])}{' and others' if len(size.posts) > 6 else ''}"
    summary = f"{size.cables:,} cables, {size.paragraphs:,} paragraphs, from {posts}." if size.cables else ""
    return Welcome(summary, tuple((question, Asked(question).address("/")) for question in service.suggested()))


def _narrow(service: PageService, chosen: ChosenFilters, facets: Facets) -> FilterView:
    return filter_view(chosen, facets, service.matching(chosen.filters), service.holdings().cables)
