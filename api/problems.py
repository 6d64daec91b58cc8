"""Errors as problem details (RFC 9457), mapped from the product's error tree in one place."""

import logging
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from rag.errors import (
    BadInput,
    CablesError,
    ModelUnavailable,
    NotFound,
    StoreInUse,
    StoreUnavailable,
    Unauthorized,
    Withdrawn,
)

_STATUSES: tuple[tuple[type[CablesError], HTTPStatus], ...] = (
    (Unauthorized, HTTPStatus.UNAUTHORIZED),
    (Withdrawn, HTTPStatus.GONE),
    (NotFound, HTTPStatus.NOT_FOUND),
    (BadInput, HTTPStatus.BAD_REQUEST),
    (ModelUnavailable, HTTPStatus.SERVICE_UNAVAILABLE),
    (StoreInUse, HTTPStatus.SERVICE_UNAVAILABLE),
    (StoreUnavailable, HTTPStatus.SERVICE_UNAVAILABLE),
)
_RETRY_SECONDS = 5
_log = logging.getLogger("cables.problems")
MEDIA_TYPE = "application/problem+json"
_SCHEMA = {
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
    "required": ["type", "title", "status", "detail"],
}


def problem(status: HTTPStatus, detail: str, retry_after: int | None = None) -> JSONResponse:
    """A problem details response; `retry_after` is in seconds. A 503 always says when to try again."""
    headers = {"www-authenticate": "Bearer"} if status is HTTPStatus.UNAUTHORIZED else {}
    if status is HTTPStatus.SERVICE_UNAVAILABLE and retry_after is None:
        retry_after = _RETRY_SECONDS
    if retry_after is not None:
        headers["retry-after"] = str(retry_after)
    return JSONResponse(problem_details(status, detail), status.value, headers, MEDIA_TYPE)


def problem_details(status: HTTPStatus, detail: str) -> dict[str, Any]:
    """The problem details object."""
    return {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail}


def error_details(error: Exception) -> dict[str, Any]:
    """The problem details of an error after the response has begun; the text of a foreign error is not shown."""
    if isinstance(error, CablesError):
        return problem_details(status_of(error), str(error))
    return problem_details(HTTPStatus.INTERNAL_SERVER_ERROR, "the service failed; its log says why")


def problem_responses(*statuses: HTTPStatus) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route that may fail with these statuses, for the OpenAPI document; 401 and 422 always."""
    return {
        status.value: {"description": status.phrase, "content": {MEDIA_TYPE: {"schema": _SCHEMA}}}
        for status in (*statuses, HTTPStatus.UNAUTHORIZED, HTTPStatus.UNPROCESSABLE_ENTITY)
    }


def add_exception_handlers(app: FastAPI) -> None:
    """Have the app answer every error with problem details."""

    @app.exception_handler(CablesError)
    def on_cables_error(_request: Request, error: CablesError) -> JSONResponse:
        status = status_of(error)
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            _log.warning("answered %d: %s", status, error)
        return problem(status, str(error))

    @app.exception_handler(HTTPException)
    def on_http_exception(_request: Request, error: HTTPException) -> JSONResponse:
        return problem(HTTPStatus(error.status_code), str(error.detail))

    @app.exception_handler(RequestValidationError)
    def on_validation_error(_request: Request, error: RequestValidationError) -> JSONResponse:
        details = (f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "; ".join(details))


def status_of(error: CablesError) -> HTTPStatus:
    """The HTTP status that an error of the product is answered with."""
    return next((status for kind, status in _STATUSES if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)
