"""`/v1/chat/completions`, `/v1/responses` and `/v1/models`: the service to any client of the OpenAI API."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from starlette.concurrency import run_in_threadpool

from api.auth.admission import archive_of
from api.http.dependencies import Audited, OpenArchive
from api.http.disconnect import run_until_disconnect
from api.http.schemas import ChatRequest
from api.http.sse import SSE_SCHEMA
from api.observability.audit_log import OPENAI
from api.observability.watch import ModelTokens, model_tokens
from api.openai.chunks import Completions
from api.openai.errors import openai_responses
from api.openai.refusals import MODEL, check_model
from api.openai.response_events import Responses
from api.openai.response_schemas import ResponseBody, ResponseRequest
from api.openai.schemas import Completion, CompletionRequest, ModelBody, ModelList
from api.openai.token_usage import TokenMeter
from rag.domain.events import Event, last

router = APIRouter(prefix="/v1", tags=["openai"])

_MODEL: dict[str, Any] = {"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}
_STREAMED: dict[str, Any] = {"text/event-stream": {"schema": SSE_SCHEMA}}
_RESPONSES = openai_responses(HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND) | {200: {"content": _STREAMED}}


class AskingRoute:
    """Answers the sender of one request."""

    def __init__(self, request: Request, archive: OpenArchive, audited: Audited) -> None:
        self.request = request
        self.archive = archive
        self._audited = replace(audited, way=OPENAI)
        holding = request.app.state.holding
        self.base_url: str = holding.public_url or str(request.base_url)

    async def events(self, chat: ChatRequest) -> AsyncGenerator[Event, None]:
        """The events of answering.

        Raises:
            BadInput: a filter has a value that the archive does not hold.
        """
        query = chat.query()
        await run_in_threadpool(self.archive.checked, query.filters)
        return self._audited.events(self.archive.stream(query))

    def meter(self, chat: ChatRequest) -> TokenMeter:
        """Counts the tokens of this request, those of the language model from now on."""
        reported = ModelTokens()
        model_tokens.set(reported)
        asked = "\n".join(message.content for message in chat.messages)
        return TokenMeter(asked, archive_of(self.request.app.state).judge.folder, reported)


Asking = Annotated[AskingRoute, Depends()]


@router.post("/chat/completions", response_model=Completion, responses=_RESPONSES)
async def complete(body: CompletionRequest, asking: Asking) -> Response:
    """Answer the last user message; the text cites, and `cables` holds the whole ask object."""
    chat = body.conversation()
    events = await asking.events(chat)
    completions = Completions(asking.base_url, asking.meter(chat))
    if body.stream:
        with_usage = body.stream_options is not None and body.stream_options.include_usage
        return _stream(completions.chunks(events, asking.archive.labels, with_usage))
    return JSONResponse(await completions.whole(await run_until_disconnect(asking.request, last(events))))


@router.post("/responses", response_model=ResponseBody, responses=_RESPONSES)
async def respond(body: ResponseRequest, asking: Asking) -> Response:
    """Answer the input, or its last user message; the text cites, and `cables` holds the whole ask object."""
    chat = body.chat()
    events = await asking.events(chat)
    responses = Responses(asking.base_url, asking.meter(chat))
    if body.stream:
        return _stream(responses.events(events, asking.archive.labels))
    return JSONResponse(await responses.whole(await run_until_disconnect(asking.request, last(events))))


@router.get("/models", response_model=ModelList)
async def models() -> dict[str, Any]:
    """The one model there is."""
    return {"object": "list", "data": [_MODEL]}


@router.get("/models/{model}", response_model=ModelBody, responses=openai_responses(HTTPStatus.NOT_FOUND))
async def model(model: str) -> dict[str, Any]:
    """One model."""
    check_model(model)
    return _MODEL


def _stream(events: AsyncGenerator[bytes, None]) -> Response:
    return StreamingResponse(events, media_type="text/event-stream", headers={"cache-control": "no-store"})
