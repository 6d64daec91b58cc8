"""Tools that read cables, and that cite and check."""

from dataclasses import dataclass
from typing import Annotated

from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import CallToolResult
from pydantic import Field

from api.client import ServiceClient
from api.http.browsing_schemas import ReferencesBody, ResolvedBody
from api.http.citing_schemas import CheckedDraftBody, CitedBody
from api.mcp.result_schemas import ReadResult
from api.mcp.service import OpenHttp
from api.mcp.texts import (
    cable_text,
    checked_text,
    cited_text,
    paragraph_text,
    references_text,
    resolved_text,
    unresolved_text,
)
from api.mcp.tool_calls import Citation, service_for_tool, tool_result
from rag.checking.draft_citations import MOST_CHARACTERS
from rag.citing.citation_style import CitationStyle
from rag.domain.paragraph_key import locator_of


@dataclass(frozen=True, slots=True)
class ReadingTools:
    """Each method is a tool; its docstring is what agents read."""

    open_http: OpenHttp

    async def resolve(self, citation: Citation, ctx: Context) -> Annotated[CallToolResult, ResolvedBody]:
        """Say which cable or paragraph a citation in any spelling means, or what it may mean where none is held.

        Use this to learn whether a cable is held, and its key, without reading it.
        """
        async with service_for_tool(self.open_http, ctx) as service:
            resolution = await service.get("resolve", citation=citation)
        return tool_result(resolved_text(resolution), resolution)

    async def read_cable(self, citation: Citation, ctx: Context) -> Annotated[CallToolResult, ReadResult]:
        """Read a whole cable, or one paragraph where the citation names one.

        Use this to see a cited paragraph in full, or what stands around it. Long cables are long: name the paragraph
        where it is enough.
        """
        async with service_for_tool(self.open_http, ctx) as service:
            cable_id, locator = await _meant(service, citation)
            if locator is None:
                cable = await service.get("cables", cable_id)
                return tool_result(cable_text(cable), cable)
            paragraph = await service.get("cables", cable_id, "paragraphs", locator)
            return tool_result(paragraph_text(paragraph), paragraph)

    async def follow_references(self, citation: Citation, ctx: Context) -> Annotated[CallToolResult, ReferencesBody]:
        """List the cables that a cable refers to (REF) and those that refer to it, and which the archive holds."""
        async with service_for_tool(self.open_http, ctx) as service:
            cable_id, _ = await _meant(service, citation)
            references = await service.get("cables", cable_id, "references")
        return tool_result(references_text(references), references)

    async def cite(
        self, citation: Citation, ctx: Context, style: CitationStyle = CitationStyle.CHICAGO
    ) -> Annotated[CallToolResult, CitedBody]:
        """Cite a cable or a paragraph for a note, a bibliography or a reference manager."""
        async with service_for_tool(self.open_http, ctx) as service:
            cable_id, locator = await _meant(service, citation)
            paragraph = [] if locator is None else ["paragraphs", locator]
            cited = await service.get("cables", cable_id, *paragraph, "cite", style=style.value)
        return tool_result(cited_text(cited), cited)

    async def check(
        self,
        text: Annotated[str, Field(max_length=MOST_CHARACTERS, description="A draft that cites cables.")],
        ctx: Context,
    ) -> Annotated[CallToolResult, CheckedDraftBody]:
        """Check a draft: what each citation means, and whether the words quoted beside it are there.

        Use this on what you have written from the archive, before you hand it over.
        """
        async with service_for_tool(self.open_http, ctx) as service:
            checked = await service.check(text)
        return tool_result(checked_text(checked), checked)


async def _meant(service: ServiceClient, citation: str) -> tuple[str, str | None]:
    """The cable id that a citation means, and the locator of the paragraph where it names one.

    Raises:
        ToolError: it means none, or may mean several; the message holds suggestions.
    """
    resolution = await service.get("resolve", citation=citation)
    resolved = resolution["resolved"]
    if resolved is None:
        raise ToolError(unresolved_text(resolution))
    return resolved["cable_id"], None if resolved["key"] is None else locator_of(resolved["key"])
