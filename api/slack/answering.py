"""From a question to its answer in Slack: the message, the service, the view."""

import asyncio
import logging
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from api.slack.blocks import Message, answer_messages, notice, progress
from api.slack.calls import SLACK_FAULTS, Identity, SlackRefused, translated
from api.slack.channels import Channels
from api.slack.conversation import own_messages, turns
from api.slack.ledger import Job, Ledger
from api.slack.question import Question
from api.slack.reader import Audience, Keys, Reader
from api.slack.reply import Reply, post, start_stream
from api.slack.service import KeyRefused, Service, ServiceDown
from api.slack.view import cited_keys, statement, view_of
from rag.errors import BadInput, CablesError

_log = logging.getLogger(__name__)

SEARCHING = "Searching the archive …"
HELP = (
    "Ask me about the cables in this archive, for example: What was agreed on the fishing quotas? "
    "I answer with the paragraphs that say so. In this thread you can go on asking without mentioning me."
)
_STAGES = {"searching": SEARCHING, "reading": "Reading {found} paragraphs …", "writing": "Writing the answer …"}
_NO_STREAMS = frozenset(["unknown_method", "method_deprecated", "feature_not_enabled", "not_allowed_token_type"])


@dataclass(slots=True)
class Answering:
    """Answers questions in Slack. One for the life of the bot."""

    client: AsyncWebClient
    identity: Identity
    ledger: Ledger
    service: Service
    keys: Keys
    channels: Channels
    streams: bool = True
    _retry_pause: float = field(default=1.0)

    async def reader(self, team: str, channel: str, user: str, shared: bool = False) -> Reader:
        """Whose eyes a request from this channel is made with; `shared` is Slack's word in the event itself."""
        known = await self.channels.audience(channel)
        audience = Audience(known.direct, known.shared or shared)
        return self.keys.reader(team, channel, user, audience)

    async def answer(self, job: Job) -> None:
        """Answer one question, in one message.

        Raises:
            SlackDown: Slack fails; the question is to be tried again, and finds its message then.
        """
        try:
            reply = await self._open(job)
            await reply.close(await self._messages(job.question, reply))
        except SlackRefused as error:
            _log.warning("question %s: %s", job.question.id, error)
            await self._excuse(job.question, error)

    async def busy(self, question: Question) -> None:
        """Say that too many questions are waiting."""
        text = "I am busy: too many questions are waiting. Please ask again in a minute."
        try:
            await post(self.client, question, notice(text), 0, "busy")
        except CablesError as error:
            _log.warning("question %s turned away without a word: %s", question.id, error)

    async def _open(self, job: Job) -> Reply:
        question = job.question
        if job.attempts:
            known = await asyncio.to_thread(self.ledger.replies, question.channel)
            parts = await self._own(job, known)
            if ts := job.reply_ts or parts.get(0):
                await asyncio.to_thread(self.ledger.note_reply, question.id, ts)
                return Reply(self.client, question, ts, parts=parts)
        ts = await self._streamed(question)
        streaming = ts is not None
        if ts is None:
            ts = await post(self.client, question, progress(SEARCHING, self._asked(question)), 0, "working")
        await asyncio.to_thread(self.ledger.note_reply, question.id, ts)
        return Reply(self.client, question, ts, streaming)

    async def _own(self, job: Job, known: set[str]) -> dict[int, str]:
        try:
            return await own_messages(self.client, self.identity, job, known)
        except SLACK_FAULTS as error:
            raise translated(error) from error

    async def _streamed(self, question: Question) -> str | None:
        if not self.streams or question.thread is None:
            return None
        try:
            return await start_stream(self.client, question, SEARCHING)
        except SlackRefused as error:
            if error.code in _NO_STREAMS:
                self.streams = False
                _log.info("this workspace has no streamed messages (%s); messages are updated instead", error.code)
            return None

    async def _messages(self, question: Question, reply: Reply) -> list[Message]:
        if not question.text:
            return [notice(HELP)]
        request = uuid.uuid4().hex[:12]
        try:
            return await self._answered(question, reply, request)
        except CablesError as error:
            _log.warning("question %s, request %s: %s", question.id, request, error)
            return [notice(f"{_excuse(error)} (request {request})")]

    async def _answered(self, question: Question, reply: Reply, request: str) -> list[Message]:
        reader = await self.reader(question.team, question.channel, question.user, question.shared)
        messages = await turns(self.client, self.identity, question)
        try:
            answer = await self._asked_service(messages, reader, request, reply)
        except ServiceDown:  # a restart of the service in mid-answer is over in a moment
            await asyncio.sleep(self._retry_pause)
            answer = await self._asked_service(messages, reader, request, reply)
        cables = await self._cables(answer, reader, request)
        view = view_of(answer, cables, reader.within is not None, self._asked(question))
        return answer_messages(view)

    async def _asked_service(
        self, messages: list[dict[str, str]], reader: Reader, request: str, reply: Reply
    ) -> dict[str, Any]:
        status, statements = SEARCHING, list[str]()
        async for name, data in self.service.ask(messages, reader, request):
            if name == "answer":
                return data
            if name == "sentence" and data.get("supported", True):
                statements.append(statement(data["text"], data.get("citations", [])))
            elif name == "status":
                found = data.get("found")
                status = _STAGES.get(data.get("stage", ""), SEARCHING).replace("{found}", str(found or "the"))
            await reply.show(status, statements)
        raise ServiceDown("the answer broke off")

    async def _cables(self, answer: Mapping[str, Any], reader: Reader, request: str) -> dict[str, Any]:
        ids = list(dict.fromkeys(key.partition("#")[0] for key in cited_keys(answer)))
        try:
            cables = await asyncio.gather(*(self.service.cable(each, reader, request) for each in ids))
        except CablesError as error:  # the answer stands without the details of its sources
            _log.warning("request %s: sources not described: %s", request, error)
            return {}
        return dict(zip(ids, cables, strict=True))

    def _asked(self, question: Question) -> list[str]:
        """The question itself, where no message above the answer shows it."""
        return [] if question.thread else [f"Asked: {question.text}"]

    async def _excuse(self, question: Question, error: SlackRefused) -> None:
        if question.response_url is None:
            return
        from slack_sdk.webhook.async_client import AsyncWebhookClient

        text = "I cannot write in this conversation. Invite me here with /invite, or send me a direct message."
        try:
            await AsyncWebhookClient(question.response_url).send(text=text, response_type="ephemeral")
        except SLACK_FAULTS as fault:
            _log.warning("question %s: %s, and then %s", question.id, error, translated(fault))


def _excuse(error: CablesError) -> str:
    if isinstance(error, KeyRefused):
        return "The archive does not let me in. Whoever runs me has to look at CABLES_KEY and the service's log."
    if isinstance(error, BadInput):
        return f"I cannot answer that: {error}"
    return "The archive does not answer just now. Please ask again in a minute."
