"""Tools that ask and search."""

from dataclasses import dataclass
from typing import Annotated

from mcp.server.mcpserver import Context
from mcp_types import CallToolResult
from pydantic import Field

from api.http.scanning_schemas import ScanBody
from api.http.schemas import AskBody
from api.mcp.result_schemas import SearchResults, TimelineResult
from api.mcp.service import OpenHttp
from api.mcp.texts import answer_text, passages_text, scan_text, timeline_text
from api.mcp.tool_calls import Cursor, From, Posts, Tags, To, service_for_tool, tool_result
from rag.domain.filters import Filters
from rag.query.query import MOST_CHARACTERS
from rag.query.scan_reader import MOST_SCANNED


@dataclass(frozen=True, slots=True)
class AskingTools:
    """Each method is a tool; its docstring is what agents read."""

    open_http: OpenHttp

    async def ask(
        self,
        question: Annotated[
            str, Field(max_length=MOST_CHARACTERS, description="One question in plain words that stands alone.")
        ],
        ctx: Context,
        post: Posts = None,
        tag: Tags = None,
        date_from: From = None,
        date_to: To = None,
    ) -> Annotated[CallToolResult, AskBody]:
        """Answer a question from the archive: who, what, when, why, how many cables, the latest, a summary of one.

        Use this first. Every sentence cites its paragraph, with the supporting words quoted. Where the archive has no
        answer it says so (`abstained`) and shows the closest passages: then try search_cables in other words. Ask one
        thing at a time, and name persons, places and times in full, since no call knows of the one before.
        """
        async with service_for_tool(self.open_http, ctx) as service:
            answer = await service.ask(question, Filters.of(post, tag, date_from, date_to))
        return tool_result(answer_text(answer), answer)

    async def search_cables(
        self,
        query: Annotated[str, Field(max_length=MOST_CHARACTERS, description="Words or a question.")],
        ctx: Context,
        k: Annotated[int, Field(ge=1, le=100, description="How many paragraphs.")] = 10,
        post: Posts = None,
        tag: Tags = None,
        date_from: From = None,
        date_to: To = None,
    ) -> Annotated[CallToolResult, SearchResults]:
        """Find the paragraphs that match best in meaning and words, best first, with their full text.

        Use this to read the evidence yourself: where ask declines, for material on a broad subject, or to compare
        posts or years. There is always a best match, so judge whether it fits. For every paragraph with a name or a
        phrase use scan.
        """
        async with service_for_tool(self.open_http, ctx) as service:
            results = await service.search(query, k, Filters.of(post, tag, date_from, date_to))
        return tool_result(passages_text(results), {"results": results})

    async def scan(
        self,
        query: Annotated[
            str,
            Field(
                max_length=MOST_SCANNED,
                description='Words that must all occur; "a phrase", begin*, "words near"~5, one OR other, -without.',
            ),
        ],
        ctx: Context,
        limit: Annotated[int, Field(ge=1, le=200, description="How many hits.")] = 20,
        cursor: Cursor = None,
        post: Posts = None,
        tag: Tags = None,
        date_from: From = None,
        date_to: To = None,
    ) -> Annotated[CallToolResult, ScanBody]:
        """Find every paragraph with the very words, oldest first, and count all of them by month and by post.

        Use this for names and phrases, where completeness matters, and to show that something is not mentioned. It
        knows no other words for the same thing: for a subject use search_cables.
        """
        async with service_for_tool(self.open_http, ctx) as service:
            page = await service.scan(query, limit, Filters.of(post, tag, date_from, date_to), cursor)
        return tool_result(scan_text(page), page)

    async def timeline(
        self,
        query: Annotated[str, Field(max_length=MOST_CHARACTERS, description="A few words on a subject.")],
        ctx: Context,
        post: Posts = None,
        tag: Tags = None,
        date_from: From = None,
        date_to: To = None,
    ) -> Annotated[CallToolResult, TimelineResult]:
        """Count by month the paragraphs that hold most words of a query: when a subject came up, and when most.

        Use this to choose dates before search_cables or ask. For the story of events, ask.
        """
        async with service_for_tool(self.open_http, ctx) as service:
            months = await service.timeline(query, Filters.of(post, tag, date_from, date_to))
        return tool_result(timeline_text(months), {"months": months})
