"""`/drafts`: a draft is pasted, and comes back with its citations and quotations checked. It is not kept anywhere."""

from asyncio import to_thread
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse

from api.web.draft_view import DraftView, draft_view
from api.web.page_route import PageRoute
from api.web.page_service import PageService
from api.web.templates import page
from rag.errors import BadInput

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/drafts")
async def draft_page(request: Request) -> HTMLResponse:
    """The box for a draft."""
    await to_thread(PageService(request).holdings)  # asks for a key where one is needed
    return page(request, "drafts.html", text="", view=None, refused="")


@router.post("/drafts")
async def check_draft_page(request: Request, text: Annotated[str, Form()] = "") -> HTMLResponse:
    """The draft with what was found."""
    text, refused = text.replace("\r\n", "\n"), ""
    view: DraftView | None = None
    try:
        view = draft_view(text, await to_thread(PageService(request).check, text))
    except BadInput as error:
        refused = str(error)
    status = HTTPStatus.BAD_REQUEST if refused else HTTPStatus.OK
    response = page(request, "drafts.html", status, text=text, view=view, refused=refused)
    response.headers["cache-control"] = "no-store"
    return response
