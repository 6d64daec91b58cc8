"""A Slack thread as a conversation for the service, and the bot's own messages within it."""

import logging
from collections.abc import AsyncIterator
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from api.slack.ledger import Job
from api.slack.markup import plain
from api.slack.question import SlackQuestion
from api.slack.web_api import SLACK_ERRORS, BotIdentity, translated

_log = logging.getLogger(__name__)

EVENT_TYPE = "cables_answer"
"""Type of the metadata on every message of the bot; its payload has `event_id`, `part` and `state`."""

_PAGE = 200
_PAGES = 5
_MAX_TURNS = 20
_MAX_TURN_LENGTH = 2000

RawMessage = dict[str, Any]


def metadata(event_id: str, part: int, state: str) -> dict[str, Any]:
    """The metadata by which a message of the bot is found again; `state` is `working` or `done`."""
    return {"event_type": EVENT_TYPE, "event_payload": {"event_id": event_id, "part": part, "state": state}}


async def turns(client: AsyncWebClient, identity: BotIdentity, question: SlackQuestion) -> list[dict[str, str]]:
    """The messages for the service: the thread before the question, then the question.

    Where Slack does not return the thread, the question is the only message.
    """
    earlier: list[dict[str, str]] = []
    if question.thread and question.thread != question.ts:
        try:
            messages = _thread(client, question.channel, question.thread, latest=question.ts)
            earlier = [turn async for message in messages if (turn := _turn(message, identity, question))]
        except SLACK_ERRORS as error:
            _log.warning("thread %s of %s: %s", question.thread, question.channel, translated(error))
    return [*earlier[-_MAX_TURNS:], {"role": "user", "content": question.text}]


async def own_messages(client: AsyncWebClient, identity: BotIdentity, job: Job, recorded: set[str]) -> dict[int, str]:
    """The bot's messages about this question from an interrupted attempt, ts by part number.

    A streamed message has metadata only once it is closed. One without metadata that is not among the `recorded`
    replies is taken as part 0.
    """
    question = job.question
    parts: dict[int, str] = {}
    orphan: str | None = None
    messages = _thread(client, question.channel, question.thread) if question.thread else _recent(client, question)
    async for message in messages:
        if message.get("bot_id") != identity.bot:
            continue
        payload = _payload(message)
        if payload.get("event_id") == question.id:
            parts[int(payload.get("part", 0))] = message["ts"]
        elif not payload and question.thread and message["ts"] not in recorded and message["ts"] > question.ts:
            orphan = orphan or message["ts"]
    if 0 not in parts and orphan:
        parts[0] = orphan
    return parts


async def _thread(
    client: AsyncWebClient, channel: str, thread: str, latest: str | None = None
) -> AsyncIterator[RawMessage]:
    cursor: str | None = None
    for _ in range(_PAGES):
        page = await client.conversations_replies(
            channel=channel, ts=thread, latest=latest, limit=_PAGE, cursor=cursor, include_all_metadata=True
        )
        for message in page.get("messages") or []:
            yield message
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return


async def _recent(client: AsyncWebClient, question: SlackQuestion) -> AsyncIterator[RawMessage]:
    page = await client.conversations_history(channel=question.channel, limit=_PAGE, include_all_metadata=True)
    for message in page.get("messages") or []:
        yield message


def _turn(message: RawMessage, identity: BotIdentity, question: SlackQuestion) -> dict[str, str] | None:
    text = plain(message.get("text") or "", identity.user)[:_MAX_TURN_LENGTH]
    if not text or float(message["ts"]) >= float(question.ts):
        return None
    if message.get("bot_id") == identity.bot:
        done = _payload(message).get("state") == "done"
        return {"role": "assistant", "content": text} if done else None
    return None if message.get("bot_id") else {"role": "user", "content": text}


def _payload(message: RawMessage) -> dict[str, Any]:
    carried = message.get("metadata") or {}
    return (carried.get("event_payload") or {}) if carried.get("event_type") == EVENT_TYPE else {}
