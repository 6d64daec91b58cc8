"""What the buttons under an answer do: open a paragraph, send feedback."""

import logging
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from api.slack import modal
from api.slack.access import Credentials
from api.slack.blocks import READ
from api.slack.markup import plain
from api.slack.responder import Responder
from api.slack.web_api import SLACK_ERRORS, translated
from rag.domain.paragraph_key import cable_id_of
from rag.errors import CablesError, NotFound

_log = logging.getLogger(__name__)

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Buttons:
    """Handles clicks. A modal opens within the three seconds Slack allows, and is filled afterwards."""

    client: AsyncWebClient
    responder: Responder
    public_url: str | None = None

    async def read(self, body: Body, key: str) -> None:
        """Open the paragraph `key` in a modal, with what its user may see in this channel."""
        view_id = await self._open(body, modal.loading())
        if view_id is None:
            return
        credentials = await self._credentials(body)
        request = uuid.uuid4().hex[:12]
        try:
            cable = await self.responder.service.cable(cable_id_of(key), credentials, request)
            view = modal.paragraph(cable, key, self.public_url)
        except (NotFound, StopIteration):
            view = modal.message("This paragraph is not in the archive.")
        except CablesError as error:
            _log.warning("request %s: %s", request, error)
            view = modal.message(f"The archive does not answer just now. Please try again. (request {request})")
        try:
            await self.client.views_update(view_id=view_id, view=view)
        except SLACK_ERRORS as error:
            _log.info("request %s: the modal is gone: %s", request, translated(error))

    async def good(self, body: Body, question: str) -> None:
        """Send the verdict that the answer is good."""
        await self._send(feedback(body, question, "up"), body)

    async def bad(self, body: Body, question: str) -> None:
        """Ask what is wrong with the answer."""
        place = {"channel": body["channel"]["id"], "thread": _thread(body)}
        await self._open(body, modal.reason_form(feedback(body, question, "down"), place))

    async def reason(self, body: Body) -> None:
        """Send the verdict that the answer is bad, with the reason given in the form."""
        verdict, place = modal.submitted_reason(body["view"])
        origin = {"channel": {"id": place["channel"]}, "message": {"thread_ts": place["thread"]}}
        await self._send(verdict, {**body, **origin})

    async def _send(self, verdict: dict[str, Any], body: Body) -> None:
        request = uuid.uuid4().hex[:12]
        try:
            await self.responder.service.feedback(verdict, await self._credentials(body), request)
            thanks = "Thank you. Your verdict is kept for the people who look after this archive."
        except CablesError as error:
            _log.warning("request %s: %s", request, error)
            thanks = f"Your verdict could not be kept just now. Please try again. (request {request})"
        try:
            await self.client.chat_postEphemeral(
                channel=body["channel"]["id"], user=body["user"]["id"], thread_ts=_thread(body), text=thanks
            )
        except SLACK_ERRORS as error:
            _log.info("request %s: thanks not shown: %s", request, translated(error))

    async def _credentials(self, body: Body) -> Credentials:
        team = (body.get("team") or {}).get("id") or ""
        return await self.responder.credentials(team, body["channel"]["id"], body["user"]["id"])

    async def _open(self, body: Body, view: Mapping[str, Any]) -> str | None:
        try:
            opened = await self.client.views_open(trigger_id=body["trigger_id"], view=dict(view))
        except SLACK_ERRORS as error:
            _log.info("no modal for %s: %s", body["user"]["id"], translated(error))
            return None
        return str((opened.get("view") or {}).get("id"))


def feedback(body: Body, question: str, verdict: str) -> dict[str, Any]:
    """The body of `POST /feedback` for the message whose button was clicked."""
    message = body.get("message") or {}
    accessories = [block.get("accessory") or {} for block in message.get("blocks") or []]
    citations = [accessory["value"] for accessory in accessories if accessory.get("action_id") == READ]
    answer = plain(message.get("text") or "", "") or None
    return {"question": question, "verdict": verdict, "reason": None, "citations": citations, "answer": answer}


def _thread(body: Body) -> str | None:
    message = body.get("message") or {}
    thread = message.get("thread_ts") or message.get("ts")
    return str(thread) if thread else None
