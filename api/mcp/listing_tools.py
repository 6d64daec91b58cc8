"""Tools that count and list cables, posts and TAGS."""

from dataclasses import dataclass
from typing import Annotated, Any

from mcp.server.mcpserver import Context
from mcp_types import CallToolResult
from pydantic import Field

from api.http.browsing_schemas import CablesBody
from api.mcp.listing_texts import cables_text, count_text, names_text
from api.mcp.result_schemas import CountResult, NamesResult
from api.mcp.service import OpenHttp
from api.mcp.tool_calls import Cursor, From, To, service_for_tool, tool_result
from rag.domain.tag_meanings import tag_meaning

_FACETS_SHOWN = 30
Post = Annotated[str | None, Field(max_length=64, description="Only cables sent by this post; see posts_and_tags.")]
Tag = Annotated[str | None, Field(max_length=64, description="Only cables with this TAG; see posts_and_tags.")]
Year = Annotated[int | None, Field(ge=1966, le=2065, description="Only cables with ids of this year.")]
Class = Annotated[
    str | None, Field(max_length=64, description="Only cables of this classification, such as CONFIDENTIAL.")
]


@dataclass(frozen=True, slots=True)
class ListingTools:
    """Each method is a tool; its docstring is what agents read."""

    open_http: OpenHttp

    async def count_cables(
        self,
        ctx: Context,
        post: Post = None,
        year: Year = None,
        tag: Tag = None,
        classification: Class = None,
        date_from: From = None,
        date_to: To = None,
    ) -> Annotated[CallToolResult, CountResult]:
        """Count the cables that meet all conditions, and count them by post, year, TAGS and classification.

        Use this for "how many cables" and to see what the archive holds. It counts cables by their headers: for
        paragraphs that mention something use scan. Each kind is counted without the condition on that kind itself.
        """
        conditions = _conditions(post, year, tag, classification, date_from, date_to)
        async with service_for_tool(self.open_http, ctx) as service:
            page = await service.cables(0, **conditions)
        counted = {"total": page["total"], "facets": _most_frequent(page["facets"])}
        return tool_result(count_text(counted), counted)

    async def list_cables(
        self,
        ctx: Context,
        post: Post = None,
        year: Year = None,
        tag: Tag = None,
        classification: Class = None,
        date_from: From = None,
        date_to: To = None,
        limit: Annotated[int, Field(ge=1, le=200, description="How many cables.")] = 20,
        cursor: Cursor = None,
    ) -> Annotated[CallToolResult, CablesBody]:
        """List the cables that meet all conditions, oldest first, page by page: id, date, classification and subject.

        Use this to go through all cables of a post, a time or a TAG. To find cables on a subject use search_cables.
        """
        conditions = _conditions(post, year, tag, classification, date_from, date_to)
        async with service_for_tool(self.open_http, ctx) as service:
            page = await service.cables(limit, cursor, **conditions)
        return tool_result(cables_text(page), page | {"facets": _most_frequent(page["facets"])})

    async def posts_and_tags(
        self,
        ctx: Context,
        contains: Annotated[
            str, Field(max_length=64, description='Only those with these letters in the name or meaning: "fish".')
        ] = "",
        limit: Annotated[int, Field(ge=1, le=1000, description="How many of each.")] = 100,
    ) -> Annotated[CallToolResult, NamesResult]:
        """List the posts and TAGS of the archive as it spells them, with what common TAGS mean and how many cables.

        Use this before you filter by a post or a TAG whose spelling you do not know.
        """
        async with service_for_tool(self.open_http, ctx) as service:
            facets = (await service.cables(0))["facets"]
        sought = contains.strip().casefold()
        tags = [each | {"meaning": tag_meaning(each["value"])} for each in facets["tag"]]
        tags = [each for each in tags if sought in f"{each['value']} {each['meaning'] or ''}".casefold()]
        posts = [each for each in facets["post"] if sought.replace(" ", "") in each["value"].casefold()]
        names = {"posts_total": len(posts), "posts": posts[:limit], "tags_total": len(tags), "tags": tags[:limit]}
        return tool_result(names_text(names), names)


def _conditions(*values: Any) -> dict[str, Any]:
    names = ("post", "year", "tag", "classification", "date_from", "date_to")
    return dict(zip(names, values, strict=True))


def _most_frequent(facets: dict[str, Any]) -> dict[str, Any]:
    """All years, and the most frequent values of the other kinds: a large archive has thousands of TAGS."""
    return {kind: counts if kind == "year" else counts[:_FACETS_SHOWN] for kind, counts in facets.items()}
