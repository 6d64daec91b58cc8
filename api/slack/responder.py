"""Answers a question in Slack: opens the reply, asks the service, shows the answer."""

import asyncio
import logging
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from api.client import KeyRefused, ServiceDown
from api.slack.access import Audience, Credentials, SlackKeys
from api.slack.answer_view import cited_keys, statement, view_of
from api.slack.blocks import SlackMessage, answer_messages, notice, progress
from api.slack.channels import Channels
from api.slack.conversation import own_messages, turns
from api.slack.ledger import Job, Ledger
from api.slack.question import SlackQuestion
from api.slack.reply import SlackReply, post, start_stream
from api.slack.service_client import SlackServiceClient
from api.slack.watching import is_watch_command, watch_messages
from api.slack.web_api import SLACK_ERRORS, BotIdentity, SlackRefused, translated
from rag.domain.paragraph_key import cable_id_of
from rag.errors import BadInput, CablesError

_log = logging.getLogger(__name__)

SEARCHING = "Searching the archive …"
HELP = (
    "Ask me about the cables in this archive, for example: What was agreed on the fishing quotas? "
    "I answer with the paragraphs that say so. In this thread you can go on asking without mentioning me."
)
_STAGES = {"searching": SEARCHING, "reading": "Reading {count} paragraphs …", "writing": "Writing the answer …"}
_NO_STREAMING = frozenset(["unknown_method", "method_deprecated", "feature_not_enabled", "not_allowed_token_type"])


@dataclass(slots=True)
class Responder:
    """Answers questions in Slack. The bot has one."""

    client: AsyncWebClient
    identity: BotIdentity
    ledger: Ledger
    service: SlackServiceClient
    keys: SlackKeys
    channels: Channels
    streams: bool = True
    public_url: str | None = None
    _retry_pause: float = field(default=1.0)

    async def credentials(self, team: str, channel: str, user: str, shared: bool = False) -> Credentials:
        """The credentials for a request from this channel; `shared` where the event itself says that it is shared."""
        audience = await self.channels.audience(channel)
        return self.keys.credentials(team, channel, user, Audience(audience.direct, audience.shared or shared))

    async def answer(self, job: Job) -> None:
        """Answer one question, in one message.

        Raises:
            SlackDown: Slack fails. The next attempt finds the message that is there already.
        """
        try:
            reply = await self._open(job)
            await reply.close(await self._messages(job.question, reply))
        except SlackRefused as error:
            _log.warning("question %s: %s", job.question.id, error)
            await self._explain_refusal(job.question, error)

    async def busy(self, question: SlackQuestion) -> None:
        """Tell the author that too many questions are waiting."""
        text = "I am busy: too many questions are waiting. Please ask again in a minute."
        try:
            await post(self.client, question, notice(text), 0, "busy")
        except CablesError as error:
            _log.warning("question %s turned away without a notice: %s", question.id, error)

    async def _open(self, job: Job) -> SlackReply:
        question = job.question
        if job.attempts:
            recorded = await asyncio.to_thread(self.ledger.replies, question.channel)
            parts = await self._earlier_parts(job, recorded)
            if ts := job.reply_ts or parts.get(0):
                await asyncio.to_thread(self.ledger.note_reply, question.id, ts)
                return SlackReply(self.client, question, ts, parts=parts)
        ts = await self._open_stream(question)
        streaming = ts is not None
        if ts is None:
            ts = await post(self.client, question, progress(SEARCHING, _heading(question)), 0, "working")
        await asyncio.to_thread(self.ledger.note_reply, question.id, ts)
        return SlackReply(self.client, question, ts, streaming)

    async def _earlier_parts(self, job: Job, recorded: set[str]) -> dict[int, str]:
        try:
            return await own_messages(self.client, self.identity, job, recorded)
        except SLACK_ERRORS as error:
            raise translated(error) from error

    async def _open_stream(self, question: SlackQuestion) -> str | None:
        if not self.streams or question.thread is None:
            return None
        try:
            return await start_stream(self.client, question, SEARCHING)
        except SlackRefused as error:
            if error.code in _NO_STREAMING:
                self.streams = False
                _log.info("this workspace has no streamed messages (%s); messages are updated instead", error.code)
            return None

    async def _messages(self, question: SlackQuestion, reply: SlackReply) -> list[SlackMessage]:
        if not question.text:
            return [notice(HELP)]
        request = uuid.uuid4().hex[:12]
        try:
            return await self._answer_messages(question, reply, request)
        except CablesError as error:
            _log.warning("question %s, request %s: %s", question.id, request, error)
            return [notice(f"{_error_text(error)} (request {request})")]

    async def _answer_messages(self, question: SlackQuestion, reply: SlackReply, request: str) -> list[SlackMessage]:
        credentials = await self.credentials(question.team, question.channel, question.user, question.shared)
        if is_watch_command(question):
            return await watch_messages(self.service, question, credentials, request)
        messages = await turns(self.client, self.identity, question)
        try:
            answer = await self._ask_service(messages, credentials, request, reply)
        except ServiceDown:  # the service may just be restarting
            await asyncio.sleep(self._retry_pause)
            answer = await self._ask_service(messages, credentials, request, reply)
        cables = await self._cables(answer, credentials, request)
        narrowed = credentials.within is not None
        return answer_messages(view_of(answer, cables, narrowed, _heading(question), self.public_url))

    async def _ask_service(
        self, messages: list[dict[str, str]], credentials: Credentials, request: str, reply: SlackReply
    ) -> dict[str, Any]:
        status, statements = SEARCHING, list[str]()
        async for name, data in self.service.ask(messages, credentials, request):
            if name == "answer":
                return data
            if name == "sentence" and data.get("supported", True):
                statements.append(statement(data["text"], data.get("citations", [])))
            elif name == "status":
                count = str(data.get("found") or "the")
                status = _STAGES.get(data.get("stage", ""), SEARCHING).replace("{count}", count)
            await reply.show(status, statements)
        raise ServiceDown("the answer broke off")

    async def _cables(self, answer: Mapping[str, Any], credentials: Credentials, request: str) -> dict[str, Any]:
        ids = list(dict.fromkeys(cable_id_of(key) for key in cited_keys(answer)))
        try:
            cables = await asyncio.gather(*(self.service.cable(cable_id, credentials, request) for cable_id in ids))
        except CablesError as error:  # the answer is shown without the details of its sources
            _log.warning("request %s: sources not described: %s", request, error)
            return {}
        return dict(zip(ids, cables, strict=True))

    async def _explain_refusal(self, question: SlackQuestion, error: SlackRefused) -> None:
        if question.response_url is None:
            return
        from slack_sdk.webhook.async_client import AsyncWebhookClient

        text = "I cannot write in this conversation. Invite me here with /invite, or send me a direct message."
        try:
            await AsyncWebhookClient(question.response_url).send(text=text, response_type="ephemeral")
        except SLACK_ERRORS as second:
            _log.warning("question %s: %s, and then %s", question.id, error, translated(second))


def _heading(question: SlackQuestion) -> list[str]:
    """The question itself, where no message above the answer shows it."""
    return [] if question.thread else [f"Asked: {question.text}"]


def _error_text(error: CablesError) -> str:
    if isinstance(error, KeyRefused):
        return "The archive does not let me in. Whoever runs me has to look at CABLES_KEY and the service's log."
    if isinstance(error, BadInput):
        return f"I cannot answer that: {error}"
    return "The archive does not answer just now. Please ask again in a minute."
