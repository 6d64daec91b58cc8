"""Calls to the language model: replies read as they come, vendor failures retried with backoff within a budget."""

import random
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rag.errors import ModelFailed

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

MOST_CHARACTERS = 8000
"""A reply is read no further than this: five sentences never are so long."""
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 8.0
_NAP = 0.1
_PASSING = frozenset((408, 409, 425, 429))

Pieces = Generator[str | None, None, None]
"""Pieces of a reply; None while there is nothing yet, so that a caller can stop in between."""


@dataclass(frozen=True, slots=True)
class ModelCalls:
    """A chat model with the patience its callers have: `budget` seconds for one question, retries and pauses in it."""

    model: "BaseChatModel"
    budget: float
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep

    def pieces(self, messages: "Sequence[BaseMessage]") -> Pieces:
        """The reply as it comes.

        A failure before the first piece is retried while the budget lasts, unless the vendor says that it is final
        (a 4xx other than time-out and rate limit).

        Raises:
            ModelFailed: the vendor failed for good, the reply was cut off midway or was empty.
        """
        deadline = self.clock() + self.budget
        pause = _FIRST_PAUSE
        earlier: ModelFailed | None = None
        while True:
            read = 0
            try:
                for piece in self._read(messages, deadline):
                    read += len(piece or "")
                    yield piece
                if read:
                    return
                raise ModelFailed("the language model gave an empty reply")
            except ModelFailed as error:
                if read or not error.retryable:
                    raise
                if self.clock() + pause > deadline:
                    raise earlier or error from error  # what went wrong, rather than that time ran out
                earlier = earlier or error
            yield from self._wait(pause * (1 + random.random() / 4))  # noqa: S311 - not for secrets
            pause = min(2 * pause, _LONGEST_PAUSE)

    def _read(self, messages: "Sequence[BaseMessage]", deadline: float) -> Pieces:
        read = 0
        try:
            for chunk in self.model.stream(list(messages)):
                piece = str(chunk.text)
                read += len(piece)
                yield piece or None
                if read > MOST_CHARACTERS:
                    return
                if self.clock() > deadline:
                    raise ModelFailed(f"the language model took more than {self.budget:.0f} s")
        except ModelFailed:
            raise
        except Exception as error:  # whatever a vendor's client raises
            raise _failure(error) from error

    def _wait(self, seconds: float) -> Pieces:
        until = self.clock() + seconds
        while (left := until - self.clock()) > 0:
            yield None
            self.sleep(min(left, _NAP))

    def text(self, messages: "Sequence[BaseMessage]") -> Generator[None, None, str]:
        """The whole reply; None is yielded while it comes.

        Raises:
            ModelFailed: as `pieces`.
        """
        parts: list[str] = []
        for piece in self.pieces(messages):
            parts.append(piece or "")
            yield None
        return "".join(parts)


def _failure(error: Exception) -> ModelFailed:
    first = str(error).strip().splitlines()[0][:200] if str(error).strip() else "no details"
    failure = ModelFailed(f"the language model failed ({type(error).__name__}): {first}")
    status = getattr(error, "status_code", None)
    if isinstance(status, int) and 400 <= status < 500 and status not in _PASSING:
        failure.retryable = False
    return failure
