"""The events of answering a question, in order: statuses, verified sentences, the whole answer."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, Literal

from rag.domain.answer import Answer, Sentence

Stage = Literal["searching", "reading", "writing"]


@dataclass(frozen=True, slots=True)
class Status:
    """The stage of the work; `found` is the number of paragraphs found, None before the search is over."""

    stage: Stage
    found: int | None = None

    def json(self) -> dict[str, Any]:
        """The `status` event."""
        return {"stage": self.stage, "found": self.found}


@dataclass(frozen=True, slots=True)
class Stated:
    """One sentence of the answer, after it was verified."""

    sentence: Sentence

    def json(self) -> dict[str, Any]:
        """The `sentence` event."""
        return self.sentence.json()


@dataclass(frozen=True, slots=True)
class Answered:
    """The whole answer; always the last event."""

    answer: Answer

    def json(self) -> dict[str, Any]:
        """The `answer` event: the `ask` object."""
        return self.answer.json()


Event = Status | Stated | Answered
NAMES: dict[type[Event], str] = {Status: "status", Stated: "sentence", Answered: "answer"}


def told(answer: Answer) -> list[Event]:
    """The events of an answer that is there at once: each of its sentences, then the whole."""
    return [*map(Stated, answer.sentences), Answered(answer)]


async def last(events: AsyncGenerator[Event, None]) -> Answer:
    """The answer that ends a stream; the stream is closed."""
    async with aclosing(events):
        async for event in events:
            if isinstance(event, Answered):
                return event.answer
    raise AssertionError("the last event is the answer")
