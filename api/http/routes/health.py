"""`/healthz`, `/readyz`, `/metrics`: for whoever runs the service."""

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse

from api.auth.admission import archive_of, scoped_archive
from api.http.schemas import ReadyBody
from api.observability.metrics import CONTENT_TYPE, Metrics
from api.problems import problem_responses
from rag.errors import Unauthorized

router = APIRouter(tags=["service"])


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/readyz", response_model=ReadyBody, responses=problem_responses(HTTPStatus.SERVICE_UNAVAILABLE))
def readyz(request: Request) -> dict[str, Any]:
    """The archive is open, and its catalog and vector index answer. How much it holds is told to readers only."""
    archive = archive_of(request.app.state)
    archive.check()
    fault = archive.indexes.vectors.graph.fault
    state = {"status": "ready", "cables": None, "paragraphs": None, "graph": fault and fault.reason}
    try:
        size = scoped_archive(request, request.app.state).catalog.size()
    except Unauthorized:
        return state
    return state | {"cables": size.cables, "paragraphs": size.paragraphs, "encoder": archive.precision()}


@router.get("/metrics", response_class=PlainTextResponse)
def metrics(request: Request) -> PlainTextResponse:
    """Measurements in the Prometheus text format."""
    measured = request.app.state.metrics
    assert isinstance(measured, Metrics)  # noqa: S101 - set by create_app
    measured.graph(archive_of(request.app.state).indexes.vectors.graph.fault is not None)
    return PlainTextResponse(measured.text(), media_type=CONTENT_TYPE)
