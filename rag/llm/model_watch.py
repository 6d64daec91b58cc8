"""Reports every call to the language model: how long it took, and how many tokens were read and written."""

import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, LLMResult

Completed = Callable[[float, bool, int, int], None]
"""Takes seconds, whether the call failed, tokens read and tokens written (0 where the model does not report them)."""


class ModelWatch(BaseCallbackHandler):
    """Reports each finished call to `completed`."""

    run_inline = True  # no worker thread for every token of a stream

    def __init__(self, completed: Completed) -> None:
        self._completed = completed
        self._started: dict[UUID, float] = {}

    def on_chat_model_start(
        self, serialized: dict[str, Any], messages: list[list[BaseMessage]], *, run_id: UUID, **_: Any
    ) -> None:
        """Start the clock of a call."""
        self._started[run_id] = time.perf_counter()

    def on_llm_end(self, response: LLMResult, *, run_id: UUID, **_: Any) -> None:
        """Report a call that succeeded."""
        generations = [generation for batch in response.generations for generation in batch]
        replies = [generation.message for generation in generations if isinstance(generation, ChatGeneration)]
        usages = [reply.usage_metadata for reply in replies if isinstance(reply, AIMessage) and reply.usage_metadata]
        read = sum(usage["input_tokens"] for usage in usages)
        written = sum(usage["output_tokens"] for usage in usages)
        self._completed(self._seconds(run_id), False, read, written)

    def on_llm_error(self, error: BaseException, *, run_id: UUID, **_: Any) -> None:
        """Report a call that failed or was cancelled."""
        self._completed(self._seconds(run_id), True, 0, 0)

    def _seconds(self, run_id: UUID) -> float:
        now = time.perf_counter()
        return now - self._started.pop(run_id, now)
