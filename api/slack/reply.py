"""The message that answers a question: posted at once, updated, closed with the answer."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from api.slack.blocks import SlackMessage, notice, progress, sections
from api.slack.conversation import metadata
from api.slack.question import SlackQuestion
from api.slack.web_api import SLACK_ERRORS, SlackDown, SlackRefused, translated

_log = logging.getLogger(__name__)
_UPDATE_SECONDS = 1.0  # Slack allows about one message a second and channel
_TASK = "cables"
_GONE = frozenset(["message_not_found", "cant_update_message", "edit_window_closed"])
_TOO_LONG = frozenset(["msg_too_long", "msg_blocks_too_long", "invalid_blocks", "invalid_blocks_format"])
_CLOSED = "message_not_in_streaming_state"

_QUIET: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False, "link_names": False, "parse": "none"}


@dataclass(slots=True)
class SlackReply:
    """The answer's message, at `ts`. `parts` are further messages of the same answer, ts by part number."""

    client: AsyncWebClient
    question: SlackQuestion
    ts: str
    streaming: bool = False
    parts: dict[int, str] = field(default_factory=dict)
    now: Callable[[], float] = time.monotonic
    _shown_at: float = 0.0
    _appended: int = 0

    async def show(self, status: str, statements: Sequence[str]) -> None:
        """Show progress; skipped where the last update is too recent, or Slack refuses."""
        if self.now() - self._shown_at < _UPDATE_SECONDS:
            return
        self._shown_at = self.now()
        try:
            if self.streaming:
                await self._append(status, statements)
            else:
                await self._update(self.ts, progress(status, statements), 0, "working")
        except (SlackRefused, SlackDown) as error:
            _log.info("progress of %s not shown: %s", self.question.id, error)

    async def close(self, messages: Sequence[SlackMessage]) -> None:
        """Replace the progress by the answer; what does not fit follows in further messages.

        Raises:
            SlackDown: Slack fails; the same call may be made again.
            SlackRefused: Slack refuses the message.
        """
        try:
            if self.streaming:
                await self._stop()
            for part, message in enumerate(messages):
                ts = self.ts if part == 0 else self.parts.get(part)
                if ts is None:
                    self.parts[part] = await post(self.client, self.question, message, part, "done")
                else:
                    await self._finish(ts, message, part)
        except SlackRefused as error:
            if error.code not in _GONE:
                raise
            _log.info("the answer to %s was deleted in Slack", self.question.id)

    async def _finish(self, ts: str, message: SlackMessage, part: int) -> None:
        try:
            await self._update(ts, message, part, "done")
        except SlackRefused as error:
            if "stream" in error.code:  # left open by a process that ended
                await self._stop()
            elif error.code in _TOO_LONG:
                message = SlackMessage(message.text, notice(message.text).blocks)
            else:
                raise
            await self._update(ts, message, part, "done")

    async def _append(self, status: str, statements: Sequence[str]) -> None:
        new = list(statements[self._appended :])
        chunks: list[dict[str, Any]] = [_task(status, "in_progress")]
        if new:
            chunks.append({"type": "blocks", "blocks": list(sections(new))})
        try:
            await self.client.chat_appendStream(channel=self.question.channel, ts=self.ts, chunks=chunks)
        except SLACK_ERRORS as error:
            raise translated(error) from error
        self._appended += len(new)

    async def _stop(self) -> None:
        try:
            done = [_task("Answered", "complete")]
            await self.client.chat_stopStream(
                channel=self.question.channel, ts=self.ts, chunks=done, metadata=metadata(self.question.id, 0, "done")
            )
        except SLACK_ERRORS as error:
            refusal = translated(error)
            if not isinstance(refusal, SlackRefused) or refusal.code != _CLOSED:
                raise refusal from error
        self.streaming = False

    async def _update(self, ts: str, message: SlackMessage, part: int, state: str) -> None:
        try:
            await self.client.chat_update(
                channel=self.question.channel,
                ts=ts,
                text=message.text,
                blocks=message.blocks,
                metadata=metadata(self.question.id, part, state),
                link_names=False,
                parse="none",
            )
        except SLACK_ERRORS as error:
            raise translated(error) from error


async def post(client: AsyncWebClient, question: SlackQuestion, message: SlackMessage, part: int, state: str) -> str:
    """Post a message and return its ts.

    Raises:
        SlackDown: Slack fails, and may have posted it nevertheless.
        SlackRefused: Slack refuses the message.
    """
    try:
        posted = await client.chat_postMessage(
            channel=question.channel,
            thread_ts=question.thread,
            text=message.text,
            blocks=message.blocks,
            metadata=metadata(question.id, part, state),
            **_QUIET,
        )
    except SLACK_ERRORS as error:
        raise translated(error) from error
    return str(posted["ts"])


async def start_stream(client: AsyncWebClient, question: SlackQuestion, status: str) -> str:
    """Open a streamed message in the question's thread and return its ts.

    Raises:
        SlackDown: Slack fails, and may have opened it nevertheless.
        SlackRefused: this workspace or channel has no streaming.
    """
    assert question.thread is not None  # noqa: S101 - the caller streams in threads only
    try:
        started = await client.chat_startStream(
            channel=question.channel,
            thread_ts=question.thread,
            recipient_team_id=question.team,
            recipient_user_id=question.user,
            chunks=[_task(status, "in_progress")],
        )
    except SLACK_ERRORS as error:
        raise translated(error) from error
    return str(started["ts"])


def _task(title: str, status: str) -> dict[str, Any]:
    return {"type": "task_update", "id": _TASK, "title": title, "status": status}
