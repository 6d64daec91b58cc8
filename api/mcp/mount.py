"""MCP over streamable HTTP, as a route of the service."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from mcp.server.streamable_http_manager import StreamableHTTPASGIApp
from mcp.server.transport_security import TransportSecuritySettings
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import State
from starlette.requests import HTTPConnection
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from api.auth.admission import scoped_archive
from api.mcp.server import mcp_server
from api.mcp.service import for_sender
from api.problems import problem, status_of
from rag.errors import CablesError

PATH = "/mcp"


@asynccontextmanager
async def mounted_mcp(app: FastAPI) -> AsyncIterator[None]:
    """Answer MCP at `/mcp` within the block: part of the app's lifespan. No state is kept between requests."""
    server = mcp_server(for_sender(app))
    # The gate decides which senders and host names are answered.
    unchecked = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    server.streamable_http_app(stateless_http=True, json_response=True, transport_security=unchecked)
    route = Route(PATH, endpoint=Authenticated(StreamableHTTPASGIApp(server.session_manager), app.state))
    app.router.routes.insert(0, route)  # before the mount of the web page
    try:
        async with server.session_manager.run():
            yield
    finally:
        app.router.routes.remove(route)


class Authenticated:
    """Answers 401 to senders the gate refuses; what a sender may see is decided by the routes at each tool call."""

    def __init__(self, app: ASGIApp, state: State) -> None:
        self._app = app
        self._state = state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        try:
            await run_in_threadpool(scoped_archive, HTTPConnection(scope), self._state)
        except CablesError as error:
            await problem(status_of(error), str(error))(scope, receive, send)
            return
        await self._app(scope, receive, send)
