"""An answer as the text of a message, whole or in pieces while its sentences are verified, and where the text cites."""

import re
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool

from rag.domain.answer import CLOSEST_PASSAGES, Answer, Sentence
from rag.domain.answer_table import table_lines
from rag.domain.events import Answered, Event, Stated
from rag.domain.reader_url import reader_url

_ROWS = 20
"""Rows of a table that the text shows; the answer object has all."""
_BRACKETED = re.compile(r"\[([^\[\]]{1,200})\]")
Labels = Callable[[Sequence[str]], dict[str, str]]
"""Takes paragraph keys, gives their citations as printed; may block."""


@dataclass(frozen=True, slots=True)
class WrittenAnswer:
    """An answer with the text that was sent for it."""

    answer: Answer
    text: str

    @classmethod
    def of(cls, answer: Answer) -> "WrittenAnswer":
        """The answer with its whole text."""
        return cls(answer, completion_text(answer))

    def url_citations(self, base_url: str) -> list[dict[str, Any]]:
        """Each citation in the text, in order, with its place [start, end) in characters and the page of its source."""
        keys = {quote.citation: quote.key for quote in self.answer.quotes}
        return [
            {
                "start_index": found.start(),
                "end_index": found.end(),
                "title": found[1],
                "url": reader_url(base_url, keys[found[1]]),
            }
            for found in _BRACKETED.finditer(self.text)
            if found[1] in keys
        ]


async def pieces(events: AsyncGenerator[Event, None], labels: Labels) -> AsyncGenerator[str | WrittenAnswer, None]:
    """The text as it comes, then the answer with all that was sent; closing this closes `events`."""
    sent = ""
    async with aclosing(events):
        async for event in events:
            if isinstance(event, Stated) and event.sentence.supported:
                piece = await run_in_threadpool(_cited, event.sentence, labels)
                piece = f" {piece}" if sent else piece
                sent += piece
                yield piece
            elif isinstance(event, Answered):
                if rest := completion_text(event.answer).removeprefix(sent):
                    yield rest
                yield WrittenAnswer(event.answer, sent + rest)


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


def _cited(sentence: Sentence, labels: Labels) -> str:
    names = labels(sentence.citations)
    return " ".join((sentence.text, *(f"[{names[key]}]" for key in sentence.citations if key in names)))
