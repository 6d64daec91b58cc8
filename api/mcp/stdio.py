"""MCP over stdin and stdout: a thin client of the service, or of the store where none runs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from starlette.requests import Request
from starlette.types import ASGIApp

from api.mcp.service import TIMEOUT_SECONDS, Reach, at
from api.mcp.tools import mcp_server
from rag.errors import StoreInUse
from rag.lock import service_url
from rag.owner_key import owner_key
from rag.settings import Settings


async def serve_stdio(settings: Settings) -> None:
    """Answer until stdin ends.

    Raises:
        StoreInUse: the store's owner is no service.
    """
    async with _reaching(settings) as reach:
        await mcp_server(reach).run_stdio_async()


@asynccontextmanager
async def _reaching(settings: Settings) -> AsyncIterator[Reach]:
    if settings.url is not None:
        yield at(settings.url, settings.key.get_secret_value() if settings.key else None)
        return
    if service_url(settings.store) is not None:
        yield _running(settings)
        return
    from api.app import create_app

    # Nobody but this process reaches the app, and whoever starts it can read the store's files.
    app = create_app(settings.model_copy(update={"rate_limit": "off", "auth": "off"}))
    async with app.router.lifespan_context(app):
        yield _own(app)


def _running(settings: Settings) -> Reach:
    def reach(request: Request | None) -> httpx.AsyncClient:
        url = service_url(settings.store)  # looked up anew: it may have been started again elsewhere
        if url is None:
            raise StoreInUse(f"the service of {settings.store} has stopped; start `cables serve` again")
        return at(url, owner_key(settings.store))(request)

    return reach


def _own(app: ASGIApp) -> Reach:
    def reach(_request: Request | None) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", timeout=TIMEOUT_SECONDS)

    return reach
