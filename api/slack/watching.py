"""`/cables watch QUERY` and `/cables watches`: saved searches of the key that a conversation asks with."""

import re
from collections.abc import AsyncIterator

from api.slack.access import Credentials
from api.slack.blocks import SlackMessage, listing
from api.slack.question import SlackQuestion
from api.slack.service_client import SlackServiceClient

_COMMAND = re.compile(r"watch(?:es\s*|\s+(?P<query>\S.*))", re.IGNORECASE | re.DOTALL)
_SHOWN = 3  # new paragraphs of each saved search
_MOST = 20  # saved searches whose new paragraphs are shown


def is_watch_command(question: SlackQuestion) -> bool:
    """Whether this is a slash command about saved searches; in a message the same words are a question."""
    return question.response_url is not None and _COMMAND.fullmatch(question.text) is not None


async def watch_messages(
    service: SlackServiceClient, question: SlackQuestion, credentials: Credentials, request: str
) -> list[SlackMessage]:
    """What answers such a command; raises as the calls of the service do."""
    command = _COMMAND.fullmatch(question.text)
    if command is not None and (query := command["query"]):
        saved = await service.add_watch(query, credentials, request)
        return listing([f"Saved: {saved['name']}\n/cables watches tells what is new to it after cables came."])
    return listing([text async for text in _news(service, credentials, request)])


async def _news(service: SlackServiceClient, credentials: Credentials, request: str) -> AsyncIterator[str]:
    watches = await service.watches(credentials, request)
    if not watches:
        yield "No search is saved here. /cables watch QUERY saves one."
    shown = 0
    for watch in watches:
        lines = [f"{watch['name']}: {watch['problem'] or _new(watch['new'])}"]
        if watch["new"] and shown < _MOST:
            shown += 1
            page = await service.new_hits(watch["id"], _SHOWN, credentials, request)
            lines += [f"{hit['citation']}: {hit['snippet']}" for hit in page["hits"]]
        yield "\n".join(lines)


def _new(count: int) -> str:
    return f"{count:,} new" if count else "nothing new"
