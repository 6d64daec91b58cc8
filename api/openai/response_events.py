"""An answer as an OpenAI response: whole, or as events while its sentences are verified."""

import json
import secrets
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from fastapi.sse import format_sse_event
from starlette.concurrency import run_in_threadpool

from api.openai.answer_text import Labels, WrittenAnswer, pieces
from api.openai.refusals import MODEL
from api.openai.token_usage import TokenMeter
from api.problems import error_details
from rag.domain.answer import Answer
from rag.domain.events import Event

_PLACE = {"output_index": 0, "content_index": 0}
"""Where the text is: a response has one message with one part."""


@dataclass(frozen=True, slots=True)
class Responses:
    """Writes one answer under one id; `base_url` is where readers reach the service."""

    base_url: str
    meter: TokenMeter
    id: str = field(default_factory=lambda: f"resp_{secrets.token_hex(12)}")
    created: int = field(default_factory=lambda: int(time.time()))
    _numbers: Iterator[int] = field(default_factory=count)

    async def whole(self, answer: Answer) -> dict[str, Any]:
        """A `response` object."""
        return await self._completed(WrittenAnswer.of(answer))

    async def events(self, events: AsyncGenerator[Event, None], labels: Labels) -> AsyncGenerator[bytes, None]:
        """The events of a streamed response; closing this closes `events`."""
        begun = self._response("in_progress")
        yield self._event("response.created", response=begun)
        yield self._event("response.in_progress", response=begun)
        yield self._event("response.output_item.added", output_index=0, item=self._message("in_progress", []))
        yield self._event("response.content_part.added", **self._place, part=_part("", []))
        async with aclosing(pieces(events, labels)) as parts:
            try:
                async for part in parts:
                    if isinstance(part, str):
                        yield self._event("response.output_text.delta", **self._place, delta=part, logprobs=[])
                    else:
                        for event in self._last(part, await self._completed(part)):
                            yield event
            except Exception as error:  # noqa: BLE001 - the status line is sent: the failure becomes the last event
                failure = {"code": "server_error", "message": error_details(error)["detail"]}
                yield self._event("response.failed", response=self._response("failed", error=failure))

    def _last(self, written: WrittenAnswer, completed: dict[str, Any]) -> list[bytes]:
        [message] = completed["output"]
        [part] = message["content"]
        added = (
            self._event(
                "response.output_text.annotation.added", **self._place, annotation_index=index, annotation=annotation
            )
            for index, annotation in enumerate(part["annotations"])
        )
        return [
            *added,
            self._event("response.output_text.done", **self._place, text=written.text, logprobs=[]),
            self._event("response.content_part.done", **self._place, part=part),
            self._event("response.output_item.done", output_index=0, item=message),
            self._event("response.completed", response=completed),
        ]

    async def _completed(self, written: WrittenAnswer) -> dict[str, Any]:
        annotations = [{"type": "url_citation", **each} for each in written.url_citations(self.base_url)]
        usage = await run_in_threadpool(self.meter.usage, written.text)
        return self._response(
            "completed",
            output=[self._message("completed", [_part(written.text, annotations)])],
            usage=usage.of_response(),
            cables=written.answer.json(),
        )

    def _response(self, status: str, **filled: Any) -> dict[str, Any]:
        return {
            "id": self.id,
            "object": "response",
            "created_at": self.created,
            "status": status,
            "error": None,
            "incomplete_details": None,
            "instructions": None,
            "model": MODEL,
            "output": [],
            "parallel_tool_calls": False,
            "previous_response_id": None,
            "text": {"format": {"type": "text"}},
            "tool_choice": "none",
            "tools": [],
            "usage": None,
            "cables": None,
        } | filled

    def _message(self, status: str, content: list[dict[str, Any]]) -> dict[str, Any]:
        return {"id": self._message_id, "type": "message", "role": "assistant", "status": status, "content": content}

    @property
    def _message_id(self) -> str:
        return f"msg_{self.id.partition('_')[2]}"

    @property
    def _place(self) -> dict[str, Any]:
        return {"item_id": self._message_id, **_PLACE}

    def _event(self, name: str, **data: Any) -> bytes:
        body = {"type": name, "sequence_number": next(self._numbers), **data}
        return format_sse_event(event=name, data_str=json.dumps(body, ensure_ascii=False))


def _part(text: str, annotations: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "output_text", "text": text, "annotations": annotations, "logprobs": []}
