"""What the layers around the routes may answer, in the OpenAPI document of every route they stand before."""

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI

from api.http.edge.paths import is_work
from api.http.problems import documented
from api.openai import errors as openai

_ANSWERS = (
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
)


def document_edge(app: FastAPI) -> None:
    """Have the app's OpenAPI document name these answers; what a route says of itself stays."""
    plain = app.openapi

    def with_edge() -> dict[str, Any]:
        if app.openapi_schema is not None:
            return app.openapi_schema
        document = plain()
        for path, operations in document["paths"].items():
            if not is_work({"type": "http", "path": path}):
                continue
            answers = (openai.documented if path.startswith(openai.PREFIX) else documented)(*_ANSWERS)
            for operation in operations.values():
                for status in _ANSWERS:
                    operation["responses"].setdefault(str(status.value), answers[status.value])
        return document

    app.openapi = with_edge  # type: ignore[method-assign] # FastAPI's documented way to extend the document
