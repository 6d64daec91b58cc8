"""What the buttons under an answer do: open a paragraph, take a verdict."""

import logging
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from api.slack import modal
from api.slack.answering import Answering
from api.slack.blocks import READ
from api.slack.calls import SLACK_FAULTS, translated
from api.slack.markup import plain
from api.slack.reader import Reader
from rag.errors import CablesError, NotFound

_log = logging.getLogger(__name__)

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Buttons:
    """Answers to clicks; each opens its window within the three seconds Slack allows, and fills it after."""

    client: AsyncWebClient
    answering: Answering
    public_url: str | None = None

    async def read(self, body: Body, key: str) -> None:
        """Open the paragraph `key` in a window, as the one who clicked may see it in this channel."""
        opened = await self._opened(body, modal.waiting())
        if opened is None:
            return
        reader = await self._reader(body)
        request = uuid.uuid4().hex[:12]
        try:
            cable = await self.answering.service.cable(key.partition("#")[0], reader, request)
            window = modal.paragraph(cable, key, self.public_url)
        except (NotFound, StopIteration):
            window = modal.remark("This paragraph is not in the archive.")
        except CablesError as error:
            _log.warning("request %s: %s", request, error)
            window = modal.remark(f"The archive does not answer just now. Please try again. (request {request})")
        try:
            await self.client.views_update(view_id=opened, view=window)
        except SLACK_FAULTS as error:
            _log.info("request %s: the window is gone: %s", request, translated(error))

    async def good(self, body: Body, question: str) -> None:
        """Hand in that the answer is good."""
        await self._hand_in(feedback(body, question, "up"), body)

    async def bad(self, body: Body, question: str) -> None:
        """Ask what is wrong with the answer."""
        told = feedback(body, question, "down")
        place = {"channel": body["channel"]["id"], "thread": _thread(body)}
        await self._opened(body, modal.reason_form(told, place))

    async def reason(self, body: Body) -> None:
        """Hand in what is wrong with the answer."""
        told, place = modal.reason_given(body["view"])
        carried = {"channel": {"id": place["channel"]}, "message": {"thread_ts": place["thread"]}}
        await self._hand_in(told, {**body, **carried})

    async def _hand_in(self, told: dict[str, Any], body: Body) -> None:
        request = uuid.uuid4().hex[:12]
        try:
            await self.answering.service.feedback(told, await self._reader(body), request)
            thanks = "Thank you. Your verdict is kept for the people who look after this archive."
        except CablesError as error:
            _log.warning("request %s: %s", request, error)
            thanks = f"Your verdict could not be kept just now. Please try again. (request {request})"
        try:
            await self.client.chat_postEphemeral(
                channel=body["channel"]["id"], user=body["user"]["id"], thread_ts=_thread(body), text=thanks
            )
        except SLACK_FAULTS as error:
            _log.info("request %s: no thanks: %s", request, translated(error))

    async def _reader(self, body: Body) -> Reader:
        team = (body.get("team") or {}).get("id") or ""
        return await self.answering.reader(team, body["channel"]["id"], body["user"]["id"])

    async def _opened(self, body: Body, window: Mapping[str, Any]) -> str | None:
        try:
            opened = await self.client.views_open(trigger_id=body["trigger_id"], view=dict(window))
        except SLACK_FAULTS as error:
            _log.info("no window for %s: %s", body["user"]["id"], translated(error))
            return None
        return str((opened.get("view") or {}).get("id"))


def feedback(body: Body, question: str, verdict: str) -> dict[str, Any]:
    """The body of `POST /feedback` for the message whose button was clicked."""
    message = body.get("message") or {}
    accessories = [block.get("accessory") or {} for block in message.get("blocks") or []]
    citations = [each["value"] for each in accessories if each.get("action_id") == READ]
    answer = plain(message.get("text") or "", "") or None
    return {"question": question, "verdict": verdict, "reason": None, "citations": citations, "answer": answer}


def _thread(body: Body) -> str | None:
    message = body.get("message") or {}
    thread = message.get("thread_ts") or message.get("ts")
    return str(thread) if thread else None
