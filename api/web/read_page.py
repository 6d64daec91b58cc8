"""`/read/{cable}`: one cable, as a page of its own or for the reader beside an answer; `#p3` is its third paragraph."""

from asyncio import to_thread
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.http.dependencies import CableIdPath, NumberPath
from api.problems import status_of
from api.web.cable_tools import CableTools, find_within, neighbours
from api.web.cable_view import CableView, cable_view, permalink, read_marks
from api.web.page_route import PageRoute
from api.web.page_service import PageService
from api.web.related_cables import Related, related_to, similar_to
from api.web.templates import page
from rag.citing.page_metadata import page_metadata
from rag.domain.paragraph_key import cable_id_of
from rag.errors import CablesError, Unauthorized
from rag.query.scan_reader import MOST_SCANNED

router = APIRouter(route_class=PageRoute, include_in_schema=False)

Marked = Annotated[list[str], Query(max_length=200)]


@dataclass(frozen=True, slots=True)
class ReadCable:
    """A cable, what relates to it, and the names and contents of the metadata of its page."""

    cable: CableView
    tools: CableTools
    related: list[Related]
    metadata: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class OpenedBeside:
    """A cable in the reader beside an answer, or the reason for its not being shown there."""

    key: str
    alone: str
    """Where it is read on a page of its own."""
    cable: CableView | None = None
    tools: CableTools | None = None
    related: tuple[Related, ...] = ()
    reason: str = ""
    status: HTTPStatus = HTTPStatus.OK


@router.get("/read/{cable_id}")
async def read_page(
    request: Request,
    cable_id: CableIdPath,
    mark: Marked = [],  # noqa: B006 - FastAPI copies defaults
    find: Annotated[str, Query(max_length=MOST_SCANNED)] = "",
    within: Annotated[str, Query(alias="in", max_length=1000)] = "",
) -> HTMLResponse:
    """The cable; with `mark=3.21-43`, these characters of its third paragraph are marked, with `find` these words.

    `in` is the query of the list on `/browse` that the cable was opened from.
    """
    service = PageService(request)
    if "hx-request" in request.headers:
        opened = await to_thread(opened_beside, service, cable_id, mark, find)
        return page(request, "reader.html", opened.status, opened=opened)
    shown = await to_thread(_read, service, cable_id, mark, find, within)
    return page(request, "read.html", shown=shown)


@router.get("/read/{cable_id}/like/{number}")
async def like_page(request: Request, cable_id: CableIdPath, number: NumberPath) -> HTMLResponse:
    """The paragraphs nearest in meaning to one of the cable's."""
    section = await to_thread(similar_to, PageService(request), cable_id, number)
    name = "related.html" if "hx-request" in request.headers else "like.html"
    return page(request, name, related=[section], back=permalink(f"{cable_id}#{number}"))


def opened_beside(service: PageService, key: str, marks: Sequence[str], find: str = "") -> OpenedBeside:
    """A paragraph, or a cable by its id, for the reader.

    Raises:
        Unauthorized: the reader must show a key, or another one.
    """
    alone = permalink(key, marks)
    try:
        shown = _read(service, cable_id_of(key), marks, find)
    except Unauthorized:
        raise
    except CablesError as error:
        return OpenedBeside(key, alone, reason=str(error), status=status_of(error))
    return OpenedBeside(key, alone, shown.cable, shown.tools, tuple(shown.related))


def _read(service: PageService, cable_id: str, marks: Sequence[str], find: str = "", within: str = "") -> ReadCable:
    opened = service.open(cable_id)
    found, places = find_within(opened.cable, find)
    return ReadCable(
        cable_view(opened, places or read_marks(marks)),
        CableTools(*neighbours(service, opened.cable, within), within, found),
        related_to(service, opened),
        page_metadata(service.citable(opened)),
    )
