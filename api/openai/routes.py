"""`/v1/chat/completions` and `/v1/models`: the service to any client of the OpenAI API."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from starlette.concurrency import run_in_threadpool

from api.http.dependencies import Audited, OpenArchive
from api.http.disconnect import run_until_disconnect
from api.http.sse import SSE_SCHEMA
from api.observability.audit_log import OPENAI
from api.openai.chunks import Completions
from api.openai.errors import openai_responses
from api.openai.schemas import MODEL, Completion, CompletionRequest, ModelBody, ModelList
from rag.domain.events import last
from rag.errors import NotFound

router = APIRouter(prefix="/v1", tags=["openai"])

_MODEL: dict[str, Any] = {"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}
_STREAMED: dict[str, Any] = {"text/event-stream": {"schema": SSE_SCHEMA}}


@router.post(
    "/chat/completions",
    response_model=Completion,
    responses=openai_responses(HTTPStatus.BAD_REQUEST) | {200: {"content": _STREAMED}},
)
async def complete(request: Request, body: CompletionRequest, archive: OpenArchive, audited: Audited) -> Response:
    """Answer the last user message; the text cites, and `cables` holds the whole ask object."""
    query = body.conversation().query()
    await run_in_threadpool(archive.checked, query.filters)
    events = replace(audited, way=OPENAI).events(archive.stream(query))
    completions = Completions()
    if body.stream:
        with_usage = body.stream_options is not None and body.stream_options.include_usage
        chunks = completions.chunks(events, archive.labels, with_usage)
        return StreamingResponse(chunks, media_type="text/event-stream", headers={"cache-control": "no-store"})
    return JSONResponse(completions.whole(await run_until_disconnect(request, last(events))))


@router.get("/models", response_model=ModelList)
async def models() -> dict[str, Any]:
    """The one model there is."""
    return {"object": "list", "data": [_MODEL]}


@router.get("/models/{model}", response_model=ModelBody, responses=openai_responses(HTTPStatus.NOT_FOUND))
async def model(model: str) -> dict[str, Any]:
    """One model."""
    if model != MODEL:
        raise NotFound(f"there is no model {model[:40]!r}; use {MODEL}")
    return _MODEL
