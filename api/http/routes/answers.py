"""The routes of kept answers: listed, opened, asked again, noted on, deleted."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Path, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from api.http.dependencies import Audited, Kept, OpenArchive
from api.http.disconnect import run_until_disconnect
from api.http.keeping_schemas import AskedAgainBody, KeptAnswerBody, KeptPageBody, NoteRequest
from api.http.keeping_service import asked_again, enter_shown, query_again
from api.http.saved_page import POLICY, saved_page
from api.problems import problem_responses
from rag.answers.threads import in_thread
from rag.catalog.reopening import reopen
from rag.citing.citable import Holding
from rag.citing.source_excerpt import source_excerpts
from rag.domain.events import last
from rag.domain.kept_answer import ReopenedAnswer

router = APIRouter(prefix="/answers", tags=["keep"])

_HTML = "text/html"
_AS_HTML: dict[int | str, dict[str, Any]] = {200: {"content": {_HTML: {"schema": {"type": "string"}}}}}
AnswerId = Annotated[str, Path(max_length=64, examples=["9f86d081884c7d65"])]


@router.get("", response_model=KeptPageBody, responses=problem_responses(HTTPStatus.BAD_REQUEST))
def answers(
    archive: OpenArchive,
    kept: Kept,
    cursor: Annotated[str | None, Query(max_length=200, description="`next` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> dict[str, Any]:
    """The answers that the sender's key kept, the latest first; for the owner, those of all keys."""
    page = kept.page(limit, cursor)
    return {"answers": [each.listed(archive.catalog.reader) for each in page.answers], "next": page.next}


@router.get("/{answer_id}", response_model=KeptAnswerBody, responses=_AS_HTML | problem_responses(HTTPStatus.NOT_FOUND))
def answer(
    request: Request,
    answer_id: AnswerId,
    archive: OpenArchive,
    audited: Audited,
    kept: Kept,
    form: Annotated[
        Literal["json", "html"] | None, Query(alias="format", description="JSON where neither this nor Accept says.")
    ] = None,
    accept: Annotated[str, Header()] = "*/*",
) -> Response:
    """A kept answer, and of each citation whether its source is `unchanged`, `changed` or `gone`.

    What the sender may not see now is left out. As HTML it is one file with its sources, for keeping.
    """
    opened = reopen(kept.get(answer_id), archive.catalog)
    enter_shown(audited, opened)
    fields = opened.json()
    if form == "json" or (form is None and _HTML not in accept):
        return JSONResponse(fields)
    assert isinstance(request.app.state.holding, Holding)  # noqa: S101 - set by create_app
    sources = source_excerpts(archive.catalog, fields["citations"], request.app.state.holding)
    audited.shown((each.key for each in sources if each.pieces), (each.key for each in sources if not each.pieces))
    return HTMLResponse(saved_page(fields, sources, datetime.now(UTC)), headers={"content-security-policy": POLICY})


@router.post(
    "/{answer_id}/again",
    response_model=AskedAgainBody,
    responses=problem_responses(HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND),
)
async def again(
    request: Request, answer_id: AnswerId, archive: OpenArchive, audited: Audited, kept: Kept
) -> dict[str, Any]:
    """Ask the question of a kept answer again, and tell which sentences and citations were added and removed."""

    def opened() -> ReopenedAnswer:
        return reopen(kept.get(answer_id), archive.catalog)

    before = await in_thread(opened)
    events = audited.events(archive.stream(query_again(before)))
    after = await run_until_disconnect(request, last(events))
    enter_shown(audited, before)
    return asked_again(before, after)


@router.patch(
    "/{answer_id}",
    response_model=KeptAnswerBody,
    responses=problem_responses(HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND),
)
def note(answer_id: AnswerId, body: NoteRequest, archive: OpenArchive, audited: Audited, kept: Kept) -> dict[str, Any]:
    """Change the note of a kept answer."""
    kept.set_note(answer_id, body.note)
    opened = reopen(kept.get(answer_id), archive.catalog)
    enter_shown(audited, opened)
    return opened.json()


@router.delete("/{answer_id}", status_code=HTTPStatus.NO_CONTENT, responses=problem_responses(HTTPStatus.NOT_FOUND))
def delete(answer_id: AnswerId, kept: Kept) -> None:
    """Delete a kept answer."""
    kept.delete(answer_id)
