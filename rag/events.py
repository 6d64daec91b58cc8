"""What answering a question tells on its way, in order: statuses, verified sentences, the whole answer."""

from collections.abc import AsyncGenerator, Generator
from contextlib import aclosing
from dataclasses import dataclass
from threading import Lock
from typing import Any, Literal

from anyio import CancelScope, to_thread

from rag.answer import Answer, Sentence

Stage = Literal["searching", "reading", "writing"]


@dataclass(frozen=True, slots=True)
class Status:
    """Where the work stands; `found` is the number of paragraphs found, None before the search is over."""

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

Steps = Generator[Event | None, None, None]
"""Events as work goes on. None marks a moment without one, such as a model's next token: a caller may stop there."""


def final(steps: Steps) -> Answer:
    """Run the work to its end."""
    for event in steps:
        if isinstance(event, Answered):
            return event.answer
    raise AssertionError("the last event is the answer")


async def last(events: AsyncGenerator[Event, None]) -> Answer:
    """Wait for the end of a stream and return its answer; the stream is closed."""
    async with aclosing(events):
        async for event in events:
            if isinstance(event, Answered):
                return event.answer
    raise AssertionError("the last event is the answer")


async def in_threads(steps: Steps) -> AsyncGenerator[Event, None]:
    """The events of blocking work, each step in a worker thread; closing it ends the work at its next step."""
    at_work = Lock()  # a cancelled caller leaves its step running: the end waits for it

    def step() -> object:
        with at_work:
            return next(steps, _END)

    def end() -> None:
        with at_work:
            steps.close()

    try:
        while (event := await to_thread.run_sync(step)) is not _END:
            if event is not None:
                assert isinstance(event, Event)  # noqa: S101 - for the type checker
                yield event
    finally:
        with CancelScope(shield=True):  # the work is ended even where the caller was cancelled
            await to_thread.run_sync(end)


_END = object()
