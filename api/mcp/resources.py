"""Cables and paragraphs as MCP resources: `cable://08TOKYO2367` and `cable://08TOKYO2367/3`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError

from api.client import ServiceClient
from api.mcp.service import OpenHttp
from api.mcp.texts import cable_text, paragraph_text
from api.mcp.tool_calls import service_of
from rag.errors import CablesError, NotFound

CABLE, PARAGRAPH = "cable://{cable_id}", "cable://{cable_id}/{number}"


@dataclass(frozen=True, slots=True)
class CableResources:
    """Templates whose parameters are a cable id, and the number of a paragraph as the routes take it."""

    open_http: OpenHttp

    def add_to(self, server: MCPServer) -> None:
        """Register the templates."""

        @server.resource(CABLE, name="cable", title="A cable", mime_type="text/plain")
        async def cable(cable_id: str, ctx: Context) -> str:
            """A whole cable by its id, such as cable://08TOKYO2367: its header, then its paragraphs with citations."""
            async with self._service(ctx) as service:
                return cable_text(await service.get("cables", cable_id))

        @server.resource(PARAGRAPH, name="paragraph", title="A paragraph", mime_type="text/plain")
        async def paragraph(cable_id: str, number: str, ctx: Context) -> str:
            """One paragraph, such as cable://08TOKYO2367/3: 5~2 for a second 5, 0 for text before ¶1."""
            async with self._service(ctx) as service:
                return paragraph_text(await service.get("cables", cable_id, "paragraphs", number))

    @asynccontextmanager
    async def _service(self, ctx: Context) -> AsyncIterator[ServiceClient]:
        try:
            async with service_of(self.open_http, ctx) as service:
                yield service
        except NotFound as error:
            raise ResourceNotFoundError(str(error)) from error
        except CablesError as error:
            raise ResourceError(str(error)) from error
