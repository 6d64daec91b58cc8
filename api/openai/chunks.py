"""An answer as OpenAI chat completions: whole, or in chunks while its sentences are verified."""

import json
import secrets
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

from starlette.concurrency import run_in_threadpool

from api.openai.answer_text import Labels, WrittenAnswer, pieces
from api.openai.errors import error_body
from api.openai.refusals import MODEL
from api.openai.token_usage import TokenMeter
from api.problems import error_details
from rag.domain.answer import Answer
from rag.domain.events import Event


@dataclass(frozen=True, slots=True)
class Completions:
    """Writes one answer under one id; `base_url` is where readers reach the service."""

    base_url: str
    meter: TokenMeter
    id: str = field(default_factory=lambda: f"chatcmpl-{secrets.token_hex(12)}")
    created: int = field(default_factory=lambda: int(time.time()))

    async def whole(self, answer: Answer) -> dict[str, Any]:
        """A `chat.completion` object."""
        written = WrittenAnswer.of(answer)
        message = {"role": "assistant", "content": written.text, "annotations": self._annotations(written)}
        return {
            **self._head("chat.completion"),
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
            "usage": await self._usage(written),
            "cables": answer.json(),
        }

    async def chunks(
        self, events: AsyncGenerator[Event, None], labels: Labels, with_usage: bool
    ) -> AsyncGenerator[bytes, None]:
        """`chat.completion.chunk` objects as server-sent events, then `[DONE]`; closing this closes `events`."""
        yield self._chunk({"role": "assistant", "content": ""})
        async with aclosing(pieces(events, labels)) as parts:
            try:
                async for part in parts:
                    if isinstance(part, str):
                        yield self._chunk({"content": part})
                        continue
                    yield self._chunk({"annotations": self._annotations(part)}, "stop", cables=part.answer.json())
                    if with_usage:
                        head = self._head("chat.completion.chunk")
                        yield _event({**head, "choices": [], "usage": await self._usage(part)})
            except Exception as error:  # noqa: BLE001 - the status line is sent: the failure becomes the last event
                problem = error_details(error)
                yield _event(error_body(problem["status"], problem["detail"]))
                return
        yield b"data: [DONE]\n\n"

    async def _usage(self, written: WrittenAnswer) -> dict[str, Any]:
        return (await run_in_threadpool(self.meter.usage, written.text)).of_completion()

    def _annotations(self, written: WrittenAnswer) -> list[dict[str, Any]]:
        return [{"type": "url_citation", "url_citation": each} for each in written.url_citations(self.base_url)]

    def _chunk(self, delta: dict[str, Any], finish: str | None = None, **extension: Any) -> bytes:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return _event({**self._head("chat.completion.chunk"), "choices": [choice], **extension})

    def _head(self, kind: str) -> dict[str, Any]:
        return {"id": self.id, "object": kind, "created": self.created, "model": MODEL}


def _event(data: dict[str, Any]) -> bytes:
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n".encode()
