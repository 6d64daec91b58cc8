"""An answer as OpenAI chat completions: whole, or in chunks while its sentences are verified."""

import json
import secrets
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

from starlette.concurrency import run_in_threadpool

from api.openai.errors import error_body
from api.openai.schemas import MODEL
from api.problems import error_details
from rag.domain.answer import CLOSEST_PASSAGES, Answer, Sentence
from rag.domain.answer_table import table_lines
from rag.domain.events import Answered, Event, Stated

_ROWS = 20
"""Rows of a table that the text shows; the answer object has all."""
Labels = Callable[[Sequence[str]], dict[str, str]]
"""Takes paragraph keys, gives their citations as printed; may block."""
_NO_USAGE = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}


def completion_text(answer: Answer) -> str:
    """The cited answer, or why there is none with what is closest to one."""
    if not answer.abstained:
        text = answer.text
        if answer.table is not None and answer.table.rows:
            lines = table_lines(answer.table.json(), _ROWS)
            text += "\n\n" + "\n".join(f"- {line}" for line in lines)
        return f"{text}\n\nNote: {answer.reason}." if answer.reason else text
    if answer.text:
        return f"{CLOSEST_PASSAGES}: {answer.reason}.\n\n{answer.text}"
    closest = f" Closest paragraphs: {', '.join(answer.closest)}." if answer.closest else ""
    return f"No answer: {answer.reason}.{closest}"


@dataclass(frozen=True, slots=True)
class Completions:
    """Writes one answer under one id."""

    id: str = field(default_factory=lambda: f"chatcmpl-{secrets.token_hex(12)}")
    created: int = field(default_factory=lambda: int(time.time()))

    def whole(self, answer: Answer) -> dict[str, Any]:
        """A `chat.completion` object."""
        message = {"role": "assistant", "content": completion_text(answer)}
        return {
            **self._head("chat.completion"),
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
            "usage": _NO_USAGE,
            "cables": answer.json(),
        }

    async def chunks(
        self, events: AsyncGenerator[Event, None], labels: Labels, with_usage: bool
    ) -> AsyncGenerator[bytes, None]:
        """`chat.completion.chunk` objects as server-sent events, then `[DONE]`; closing this closes `events`."""
        yield self._chunk({"role": "assistant", "content": ""})
        sent = ""
        async with aclosing(events):
            try:
                async for event in events:
                    if isinstance(event, Stated) and event.sentence.supported:
                        piece = await run_in_threadpool(_cited, event.sentence, labels)
                        piece = f" {piece}" if sent else piece
                        sent += piece
                        yield self._chunk({"content": piece})
                    elif isinstance(event, Answered):
                        rest = completion_text(event.answer).removeprefix(sent)
                        if rest:
                            yield self._chunk({"content": rest})
                        yield self._chunk({}, "stop", cables=event.answer.json())
            except Exception as error:  # noqa: BLE001 - the status line is sent: the failure becomes the last event
                problem = error_details(error)
                yield _event(error_body(problem["status"], problem["detail"]))
                return
        if with_usage:
            yield _event({**self._head("chat.completion.chunk"), "choices": [], "usage": _NO_USAGE})
        yield b"data: [DONE]\n\n"

    def _chunk(self, delta: dict[str, Any], finish: str | None = None, **extension: Any) -> bytes:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return _event({**self._head("chat.completion.chunk"), "choices": [choice], **extension})

    def _head(self, kind: str) -> dict[str, Any]:
        return {"id": self.id, "object": kind, "created": self.created, "model": MODEL}


def _cited(sentence: Sentence, labels: Labels) -> str:
    names = labels(sentence.citations)
    return " ".join((sentence.text, *(f"[{names[key]}]" for key in sentence.citations if key in names)))


def _event(data: dict[str, Any]) -> bytes:
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n".encode()
