"""`/keep`, `/save` and `/kept/{answer}`: an answer is kept or saved as a file; a kept one is opened and asked again."""

import re
from asyncio import to_thread
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.http.disconnect import run_until_disconnect
from api.web.asked import Asked
from api.web.chosen_filters import ChosenFilters
from api.web.kept_service import KeptService
from api.web.kept_view import difference_view, kept_view
from api.web.page_route import PageRoute
from api.web.templates import page, root_of

router = APIRouter(route_class=PageRoute, include_in_schema=False)

Sealed = Annotated[str, Form()]
KeptIdPath = Annotated[str, Path(max_length=64)]


@router.post("/keep")
async def keep(request: Request, sealed: Sealed = "") -> Response:
    """Keep the answer and lead to its page; for a script of the page, say where that is."""
    kept_id = await to_thread(KeptService(request).keep, sealed)
    if "hx-request" in request.headers:
        return page(request, "kept_notice.html", kept_id=kept_id)
    return _to(request, f"/kept/{kept_id}")


@router.post("/save")
async def save(request: Request, sealed: Sealed = "") -> Response:
    """The answer as one HTML file, for download."""
    question, text = await to_thread(KeptService(request).file, sealed)
    name = re.sub(r"[^a-z0-9]+", "-", question.casefold())[:60].strip("-") or "answer"
    headers = {"content-disposition": f'attachment; filename="{name}.html"'}
    return Response(text.encode(errors="replace"), media_type="text/html; charset=utf-8", headers=headers)


@router.get("/kept/{answer_id}")
async def kept_page(request: Request, answer_id: KeptIdPath) -> HTMLResponse:
    """A kept answer, with what became of each of its sources."""
    opened = await to_thread(KeptService(request).open, answer_id)
    return page(request, "kept.html", shown=kept_view(opened), difference=None, sealed="")


@router.post("/kept/{answer_id}/again")
async def again(request: Request, answer_id: KeptIdPath) -> HTMLResponse:
    """The question asked again, and what differs; nothing is kept."""
    await request.body()  # so that what comes next is the disconnect
    service = KeptService(request)
    before, after = await run_until_disconnect(request, service.again(answer_id))
    asked = before.kept.asked
    question = Asked(asked.question or before.answer.question, ChosenFilters(asked.filters), asked.dismissed)
    sealed = await to_thread(service.seal, question, after)
    name = "kept_again.html" if "hx-request" in request.headers else "kept.html"
    return page(request, name, shown=kept_view(before), difference=difference_view(before, after), sealed=sealed)


@router.post("/kept/{answer_id}/note")
async def note(
    request: Request,
    answer_id: KeptIdPath,
    note: Annotated[str, Form()] = "",
    listed: Annotated[bool, Form()] = False,
) -> Response:
    """Another note in place of the one there is; `listed` where it was written in the list."""
    await to_thread(KeptService(request).set_note, answer_id, note)
    return _to(request, "/saved" if listed else f"/kept/{answer_id}")


@router.post("/kept/{answer_id}/delete")
async def delete(request: Request, answer_id: KeptIdPath) -> Response:
    """Delete a kept answer."""
    await to_thread(KeptService(request).delete, answer_id)
    return _to(request, "/saved")


def _to(request: Request, path: str) -> RedirectResponse:
    return RedirectResponse(f"{root_of(request)}{path}", HTTPStatus.SEE_OTHER)
