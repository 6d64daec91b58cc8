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

from api.admission import view_for
from api.http.problems import problem, status_of
from api.mcp.service import within
from api.mcp.tools import mcp_server
from rag.errors import CablesError

PATH = "/mcp"


@asynccontextmanager
async def served(app: FastAPI) -> AsyncIterator[None]:
    """Answer MCP at `/mcp` within the block: part of the app's lifespan. No state is kept between requests."""
    server = mcp_server(within(app))
    # Whom to answer, and under which host name, is for the gate to say.
    unchecked = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    server.streamable_http_app(stateless_http=True, json_response=True, transport_security=unchecked)
    route = Route(PATH, endpoint=Admitted(StreamableHTTPASGIApp(server.session_manager), app.state))
    app.router.routes.insert(0, route)  # before any page that takes whatever path is left
    try:
        async with server.session_manager.run():
            yield
    finally:
        app.router.routes.remove(route)


class Admitted:
    """Lets those in whom the gate admits; what they may see the routes find out anew at each tool call."""

    def __init__(self, app: ASGIApp, state: State) -> None:
        self._app = app
        self._state = state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        try:
            await run_in_threadpool(view_for, HTTPConnection(scope), self._state)
        except CablesError as error:
            await problem(status_of(error), str(error))(scope, receive, send)
            return
        await self._app(scope, receive, send)
