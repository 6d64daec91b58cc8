"""MCP over stdin and stdout: through the running service, or through the application in this process."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
from starlette.applications import Starlette
from starlette.requests import Request

from api.client import ClientSettings, http_client
from api.mcp.server import mcp_server
from api.mcp.service import OpenHttp, in_process
from rag.errors import StoreInUse
from rag.index.lock import service_url
from rag.index.owner_key import owner_key


async def serve_stdio(store: Path, access: ClientSettings, create_app: Callable[[], Starlette]) -> None:
    """Answer until stdin ends; `create_app` makes the application where no service runs.

    Raises:
        StoreInUse: another process, which is not a service, owns the store.
    """
    async with _opener(store, access, create_app) as open_http:
        await mcp_server(open_http).run_stdio_async()


@asynccontextmanager
async def _opener(store: Path, access: ClientSettings, create_app: Callable[[], Starlette]) -> AsyncIterator[OpenHttp]:
    if (url := access.url) is not None:
        key = access.key.get_secret_value() if access.key else None
        yield lambda _request: http_client(url, key)
    elif service_url(store) is not None:
        yield _to_store_service(store)
    else:
        app = create_app()
        async with app.router.lifespan_context(app):
            yield lambda _request: in_process(app, "http://127.0.0.1")


def _to_store_service(store: Path) -> OpenHttp:
    def open_http(_request: Request | None) -> httpx.AsyncClient:
        url = service_url(store)  # at each call: the service may have been restarted at another address
        if url is None:
            raise StoreInUse(f"the service of {store} has stopped; start `cables serve` again")
        return http_client(url, owner_key(store))

    return open_http
