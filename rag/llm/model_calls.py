"""Calls to the language model: streamed replies, and failures retried with backoff within a time budget."""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn, cast

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_before_delay, wait_exponential_jitter

from rag.errors import ModelFailed

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk, BaseMessage

MOST_CHARACTERS = 8000
"""How much of a reply is read: the prompt asks for five sentences, which are never so long."""
_LONGEST_PAUSE = 8.0
_RETRYABLE_STATUS = frozenset((408, 409, 425, 429))


@dataclass(frozen=True, slots=True)
class ModelCalls:
    """A chat model whose calls take at most `budget` seconds each, retries included.

    `pause` is how many seconds pass before the first retry; each further pause is twice as long.
    """

    model: "BaseChatModel"
    budget: float
    pause: float = 0.5

    async def pieces(self, messages: "Sequence[BaseMessage]", **options: Any) -> AsyncGenerator[str, None]:
        """The reply as it is streamed; closing the iterator ends the call. `options` are the model's own.

        A failure before the first piece is retried while the budget lasts, unless the vendor says that it is final
        (status 4xx other than time-out, conflict and rate limit).

        Raises:
            ModelFailed: the failure is final, the reply broke off or was empty, or the budget is spent. In the last
                case the first failure is raised: it says more than that time ran out.
        """
        deadline = asyncio.get_running_loop().time() + self.budget
        failures: list[ModelFailed] = []

        async def begun() -> tuple[str, AsyncGenerator[str, None]]:
            reply = self._read(messages, deadline, options)
            try:
                return await anext(reply), reply
            except ModelFailed as error:
                failures.append(error)
                raise

        def budget_spent(state: RetryCallState) -> NoReturn:
            raise failures[0]

        retrying = AsyncRetrying(
            retry=retry_if_exception(lambda error: isinstance(error, ModelFailed) and error.retryable),
            wait=wait_exponential_jitter(multiplier=self.pause, max=_LONGEST_PAUSE, jitter=self.pause / 4),
            stop=stop_before_delay(self.budget),
            retry_error_callback=budget_spent,
        )
        opened: tuple[str, AsyncGenerator[str, None]] = await retrying(begun)
        first, reply = opened
        async with aclosing(reply):
            yield first
            async for piece in reply:
                yield piece

    async def _read(
        self, messages: "Sequence[BaseMessage]", deadline: float, options: Mapping[str, Any]
    ) -> AsyncGenerator[str, None]:
        """The pieces of one attempt; `deadline` is a time of the event loop's clock."""
        stream = cast("AsyncGenerator[AIMessageChunk, None]", self.model.astream(list(messages), **options))
        read = 0
        async with aclosing(stream) as chunks:
            while read <= MOST_CHARACTERS and (chunk := await self._next(chunks, deadline)) is not None:
                if piece := str(chunk.text):
                    read += len(piece)
                    yield piece
        if not read:
            raise ModelFailed("the language model gave an empty reply")

    async def _next(self, chunks: "AsyncGenerator[AIMessageChunk, None]", deadline: float) -> "AIMessageChunk | None":
        try:
            async with asyncio.timeout_at(deadline) as limit:
                return await anext(chunks, None)
        except Exception as error:  # whatever a vendor's client raises
            if limit.expired():
                raise ModelFailed(f"the language model took more than {self.budget:.0f} s") from error
            raise _failure(error) from error

    async def text(self, messages: "Sequence[BaseMessage]") -> str:
        """The whole reply.

        Raises:
            ModelFailed: as `pieces`.
        """
        async with aclosing(self.pieces(messages)) as pieces:
            return "".join([piece async for piece in pieces])

    async def line(self, messages: "Sequence[BaseMessage]") -> str | None:
        """The whole reply as one line; None where the model fails."""
        try:
            return " ".join((await self.text(messages)).split())
        except ModelFailed:
            return None


def _failure(error: Exception) -> ModelFailed:
    reason = (str(error).strip().splitlines() or ["no details"])[0][:200]
    failure = ModelFailed(f"the language model failed ({type(error).__name__}): {reason}")
    status = getattr(error, "status_code", None)
    if isinstance(status, int) and 400 <= status < 500 and status not in _RETRYABLE_STATUS:
        failure.retryable = False
    return failure
