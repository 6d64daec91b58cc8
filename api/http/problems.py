"""Every error of the service as problem details (RFC 9457), mapped from the product's error tree in one place."""

import logging
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from rag.errors import BadInput, CablesError, ModelUnavailable, NotFound, StoreInUse, StoreUnavailable, Unauthorized

_STATUSES: tuple[tuple[type[CablesError], HTTPStatus], ...] = (
    (Unauthorized, HTTPStatus.UNAUTHORIZED),
    (NotFound, HTTPStatus.NOT_FOUND),
    (BadInput, HTTPStatus.BAD_REQUEST),
    (ModelUnavailable, HTTPStatus.SERVICE_UNAVAILABLE),
    (StoreInUse, HTTPStatus.SERVICE_UNAVAILABLE),
    (StoreUnavailable, HTTPStatus.SERVICE_UNAVAILABLE),
)
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


def problem(status: HTTPStatus, detail: str) -> JSONResponse:
    """A problem details response."""
    wanted = {"www-authenticate": "Bearer"} if status is HTTPStatus.UNAUTHORIZED else None
    return JSONResponse(details(status, detail), status.value, wanted, MEDIA_TYPE)


def details(status: HTTPStatus, detail: str) -> dict[str, Any]:
    """The problem details object."""
    return {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail}


def of_error(error: Exception) -> dict[str, Any]:
    """The problem details of an error that comes after the response has begun; words of ours only."""
    if isinstance(error, CablesError):
        return details(status_of(error), str(error))
    return details(HTTPStatus.INTERNAL_SERVER_ERROR, "the service failed; its log says why")


def documented(*statuses: HTTPStatus) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route that may fail with these statuses, for the OpenAPI document; 401 and 422 always."""
    return {
        status.value: {"description": status.phrase, "content": {MEDIA_TYPE: {"schema": _SCHEMA}}}
        for status in (*statuses, HTTPStatus.UNAUTHORIZED, HTTPStatus.UNPROCESSABLE_ENTITY)
    }


def install(app: FastAPI) -> None:
    """Have the app answer every error with problem details."""

    @app.exception_handler(CablesError)
    def of_ours(_request: Request, error: CablesError) -> JSONResponse:
        status = status_of(error)
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            _log.warning("answered %d: %s", status, error)
        return problem(status, str(error))

    @app.exception_handler(HTTPException)
    def of_starlette(_request: Request, error: HTTPException) -> JSONResponse:
        return problem(HTTPStatus(error.status_code), str(error.detail))

    @app.exception_handler(RequestValidationError)
    def of_validation(_request: Request, error: RequestValidationError) -> JSONResponse:
        faults = (f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "; ".join(faults))


def status_of(error: CablesError) -> HTTPStatus:
    """The HTTP status an error of the product is answered with."""
    return next((status for kind, status in _STATUSES if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)
