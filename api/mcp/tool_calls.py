"""What every tool does: it calls the service on behalf of the caller, and gives text with the JSON object beside it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Annotated, Any

from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import CallToolResult, TextContent
from pydantic import Field
from starlette.requests import Request

from api.client import ServiceClient
from api.mcp.service import OpenHttp
from api.observability.audit_log import MCP, way_in
from rag.errors import CablesError

Posts = Annotated[
    list[str] | None, Field(description="Only cables sent by these posts, such as TOKYO; see posts_and_tags.")
]
Tags = Annotated[list[str] | None, Field(description="Only cables with these TAGS, such as PREL; see posts_and_tags.")]
From = Annotated[date | None, Field(description="Only cables from this day on.")]
To = Annotated[date | None, Field(description="Only cables up to this day.")]
Citation = Annotated[
    str, Field(max_length=200, description='Any spelling: "TOKYO 2367 ¶3", "Tokyo 2367 para 3", 08TOKYO2367#3.')
]
Cursor = Annotated[str | None, Field(max_length=200, description="`next` of the page before.")]


@asynccontextmanager
async def service_of(open_http: OpenHttp, ctx: Context) -> AsyncIterator[ServiceClient]:
    """A client of the service on behalf of the sender of a request."""
    request = ctx.request_context.request
    token = way_in.set(MCP)
    try:
        async with open_http(request if isinstance(request, Request) else None) as http:
            yield ServiceClient(http)
    finally:
        way_in.reset(token)


@asynccontextmanager
async def service_for_tool(open_http: OpenHttp, ctx: Context) -> AsyncIterator[ServiceClient]:
    """As `service_of`; the service's errors become the tool's."""
    try:
        async with service_of(open_http, ctx) as service:
            yield service
    except CablesError as error:
        raise ToolError(str(error)) from error


def tool_result(text: str, structured: dict[str, Any]) -> CallToolResult:
    """A text for models, and the object that the tool's output schema describes."""
    return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=structured)
