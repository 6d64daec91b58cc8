"""The responses of the middleware, in the OpenAPI document of every route they apply to."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI

from api.middleware.exempt_paths import is_limited

MIDDLEWARE_STATUSES = (
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
)


def document_middleware(app: FastAPI, responses_of: Callable[[str], dict[int | str, dict[str, Any]]]) -> None:
    """Add the statuses to the app's OpenAPI document; `responses_of` takes a path. A route's own entries stay."""
    openapi = app.openapi

    def openapi_with_middleware() -> dict[str, Any]:
        if app.openapi_schema is not None:
            return app.openapi_schema
        document = openapi()
        for path, operations in document["paths"].items():
            if not is_limited({"type": "http", "path": path}):
                continue
            responses = responses_of(path)
            for operation in operations.values():
                for status in MIDDLEWARE_STATUSES:
                    operation["responses"].setdefault(str(status.value), responses[status.value])
        return document

    app.openapi = openapi_with_middleware  # type: ignore[method-assign] # FastAPI's documented way to extend it
