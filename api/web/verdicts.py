"""What a reader says of an answer: a verdict, then, if they like, why."""

from asyncio import to_thread
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse

from api.web.history import remembered
from api.web.page_route import PageRoute
from api.web.page_service import PageService
from api.web.templates import page
from rag.errors import BadInput

router = APIRouter(route_class=PageRoute, include_in_schema=False)

_MOST_CHARACTERS = 1000


@router.post("/verdict")
async def verdict(
    request: Request,
    turn: Annotated[str, Form()],
    verdict: Annotated[Literal["up", "down"], Form()],
    reason: Annotated[str, Form(max_length=_MOST_CHARACTERS)] = "",
    given: Annotated[bool, Form()] = False,
) -> HTMLResponse:
    """Asks why; `given` the reason, which may be empty, it stores the verdict. `turn` is the answer on the page."""
    judged = remembered([turn])
    if not judged:
        raise BadInput("this answer cannot be read; ask the question again and judge the new answer")
    if given:
        await to_thread(PageService(request).add_verdict, judged[0].answer, verdict, reason.strip() or None)
    part = "hx-request" in request.headers
    return page(request, "why.html" if part else "verdict.html", turn=turn, verdict=verdict, stored=given)
