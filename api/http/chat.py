"""`POST /chat`: a question answered, as one JSON object or as server-sent events."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Header, Request
from fastapi.responses import JSONResponse, Response
from fastapi.sse import EventSourceResponse

from api.http.dependencies import OpenArchive
from api.http.hang_up import unless_gone
from api.http.problems import documented
from api.http.schemas import AskBody, ChatRequest
from api.http.sse import SSE_SCHEMA, server_sent
from rag.asking import Ask
from rag.conversation import Turn
from rag.errors import BadInput
from rag.events import last
from rag.question import checked

router = APIRouter()

_STREAMED: dict[str, Any] = {
    EventSourceResponse.media_type: {
        "schema": SSE_SCHEMA,
        "example": 'event: status\ndata: {"stage": "searching", "found": null}\n\n',
    }
}


@router.post(
    "/chat",
    response_model=AskBody,
    responses=documented(HTTPStatus.BAD_REQUEST) | {200: {"content": _STREAMED}},
    tags=["ask"],
)
async def chat(
    request: Request, body: ChatRequest, archive: OpenArchive, accept: Annotated[str, Header()] = "*/*"
) -> Response:
    """Answer the last user message with citations.

    With `"stream": true` or `Accept: text/event-stream` the answer comes as server-sent events: `status`, `sentence`
    (each after it was verified), then `answer` (the whole object), or `error` (problem details) in its place.
    """
    events = archive.stream(ask_of(body))
    if body.stream or EventSourceResponse.media_type in accept:
        return EventSourceResponse(server_sent(events))
    answer = await unless_gone(request, last(events))
    return JSONResponse(answer.json())


def ask_of(body: ChatRequest) -> Ask:
    """The question of a conversation.

    Raises:
        BadInput: nobody asks anything in it, or the question is empty or too long.
    """
    last_asked = max((at for at, message in enumerate(body.messages) if message.role == "user"), default=None)
    if last_asked is None:
        raise BadInput("messages holds no message of role user; put the question there")
    turns = tuple(Turn(message.role, message.content) for message in body.messages[:last_asked])
    question = checked(body.messages[last_asked].content)
    return Ask(question, body.filters.filters(), frozenset(body.dismissed), turns)
