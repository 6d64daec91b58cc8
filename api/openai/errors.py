"""Errors below /v1 in the form of the OpenAI API, whichever part of the service raises them."""

import json
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.openai.refusals import RequestRefused
from api.problems import MEDIA_TYPE

PREFIX = "/v1/"
_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "error": {
            "type": "object",
            "properties": {
                "message": {"type": "string"},
                "type": {"type": "string"},
                "param": {"type": ["string", "null"]},
                "code": {"type": ["string", "null"]},
            },
            "required": ["message", "type", "param", "code"],
        }
    },
    "required": ["error"],
}
_KINDS: dict[int, tuple[str, str | None]] = {
    HTTPStatus.UNAUTHORIZED: ("authentication_error", "invalid_api_key"),
    HTTPStatus.FORBIDDEN: ("permission_error", None),
    HTTPStatus.NOT_FOUND: ("invalid_request_error", "not_found"),
    HTTPStatus.TOO_MANY_REQUESTS: ("rate_limit_error", "rate_limit_exceeded"),
}


class OpenAIErrors:
    """Rewrites problem details of responses below /v1 as `{"error": {...}}`; other responses pass unchanged."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX):
            await self._app(scope, receive, send)
            return
        started: Message | None = None
        body = b""

        async def rewritten(message: Message) -> None:
            nonlocal started, body
            if message["type"] == "http.response.start" and _is_problem(message):
                started = message
            elif started is None:
                await send(message)
            else:
                body += message.get("body", b"")
                if not message.get("more_body", False):
                    await _send_error(started, body, send)

        await self._app(scope, receive, rewritten)


def add_openai_errors(app: FastAPI) -> None:
    """Have the app answer errors below /v1 in the form of the OpenAI API."""
    app.add_middleware(OpenAIErrors)

    @app.exception_handler(RequestRefused)
    def on_refused(_request: Request, error: RequestRefused) -> JSONResponse:
        return JSONResponse(error_body(error.status, str(error), error.param, error.code), error.status)


def error_body(status: int, detail: str, param: str | None = None, code: str | None = None) -> dict[str, Any]:
    """An error as OpenAI clients read it."""
    kind, usual = _KINDS.get(status, ("server_error" if status >= 500 else "invalid_request_error", None))
    return {"error": {"message": detail, "type": kind, "param": param, "code": code or usual}}


def openai_responses(*statuses: HTTPStatus) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route below /v1, for the OpenAPI document."""
    return {
        status.value: {"description": status.phrase, "content": {"application/json": {"schema": _SCHEMA}}}
        for status in (*statuses, HTTPStatus.UNPROCESSABLE_ENTITY)
    }


def _is_problem(start: Message) -> bool:
    return MutableHeaders(scope=start).get("content-type") == MEDIA_TYPE


async def _send_error(start: Message, body: bytes, send: Send) -> None:
    encoded = json.dumps(error_body(start["status"], json.loads(body)["detail"])).encode()
    headers = MutableHeaders(scope=start)
    headers["content-type"] = "application/json"
    headers["content-length"] = str(len(encoded))
    await send(start)
    await send({"type": "http.response.body", "body": encoded})
