"""MCP over streamable HTTP, as a route of the service."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from mcp.server.transport_security import TransportSecuritySettings

from api.mcp.service import within
from api.mcp.tools import mcp_server

PATH = "/mcp"


@asynccontextmanager
async def served(app: FastAPI) -> AsyncIterator[None]:
    """Answer MCP at `/mcp` within the block: part of the app's lifespan. No state is kept between requests."""
    server = mcp_server(within(app))
    # Which host names may be asked for is looked after by the routes that the tools call.
    unchecked = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    mounted = server.streamable_http_app(
        streamable_http_path=PATH, stateless_http=True, json_response=True, transport_security=unchecked
    )
    app.router.routes[:0] = mounted.routes  # before any page that takes whatever path is left
    try:
        async with server.session_manager.run():
            yield
    finally:
        for route in mounted.routes:
            app.router.routes.remove(route)
