"""`POST /chat`: a question answered, as one JSON object or as server-sent events."""

from functools import partial
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Header, Request
from fastapi.responses import JSONResponse, Response
from fastapi.sse import EventSourceResponse

from api.http.dependencies import Audited, Kept, OpenArchive
from api.http.disconnect import run_until_disconnect
from api.http.keeping_service import keeping, kept_question
from api.http.schemas import AskBody, ChatRequest
from api.http.sse import SSE_SCHEMA, server_sent
from api.problems import problem_responses
from rag.domain.answer_table import table_csv
from rag.domain.events import last

router = APIRouter()

_CSV = "text/csv"
_OTHER_FORMS: dict[str, Any] = {
    EventSourceResponse.media_type: {
        "schema": SSE_SCHEMA,
        "example": 'event: status\ndata: {"stage": "searching", "found": null}\n\n',
    },
    _CSV: {"schema": {"type": "string"}, "example": "post,cables\r\nMADRID,76\r\n"},
}


@router.post(
    "/chat",
    response_model=AskBody,
    responses=problem_responses(HTTPStatus.BAD_REQUEST) | {200: {"content": _OTHER_FORMS}},
    tags=["ask"],
)
async def chat(
    request: Request,
    body: ChatRequest,
    archive: OpenArchive,
    audited: Audited,
    kept: Kept,
    accept: Annotated[str, Header()] = "*/*",
) -> Response:
    """Answer the last user message with citations.

    With `"stream": true` or `Accept: text/event-stream` the answer comes as server-sent events: `status`, `sentence`
    (each after it was verified), then `answer` (the whole object), or `error` (problem details) in its place. With
    `Accept: text/csv` an answer that has a table comes as that table. With `"keep": true` the answer is kept, and its
    `id` opens it at `/answers/{id}`.
    """
    query = body.query()
    events = audited.events(archive.stream(query))
    if body.keep:
        events = keeping(events, partial(kept.keep, asked=kept_question(query)))
    if body.stream or EventSourceResponse.media_type in accept:
        return EventSourceResponse(server_sent(events))
    answer = await run_until_disconnect(request, last(events))
    if _CSV in accept and answer.table is not None:
        return Response(table_csv(answer.table.json()), media_type=_CSV)
    return JSONResponse(answer.json())
