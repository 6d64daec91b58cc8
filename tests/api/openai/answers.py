"""An answer and its events, and what writes it for a test."""

from collections.abc import AsyncGenerator, Sequence
from typing import Any

from api.observability.watch import ModelTokens
from api.openai.token_usage import TokenMeter
from rag.domain.answer import Answer, Quote, Sentence
from rag.domain.events import Event
from rag.encoders.embedding import PACKAGED_MODEL, SentenceEmbeddings

KEY, CITATION = "08QUILL12#1", "QUILL 12 ¶1"
SENTENCES = (
    Sentence("It was lit.", (KEY,)),
    Sentence("It was red.", (), supported=False),
    Sentence("It is out.", (KEY,)),
)
ANSWER = Answer("Was it lit?", "llm", SENTENCES, (Quote(KEY, CITATION, "lit", 0, 3),))
TEXT = "It was lit. [QUILL 12 ¶1] It is out. [QUILL 12 ¶1]"
PAGE = "http://archive/read/08QUILL12#p1"
PLACES: list[dict[str, Any]] = [
    {"start_index": 12, "end_index": 25, "title": CITATION, "url": PAGE},
    {"start_index": 37, "end_index": 50, "title": CITATION, "url": PAGE},
]


def labels(keys: Sequence[str]) -> dict[str, str]:
    return dict.fromkeys(keys, CITATION)


async def events_of(*events: Event, error: Exception | None = None) -> AsyncGenerator[Event, None]:
    for event in events:
        yield event
    if error is not None:
        raise error


def meter(read: int = 0, written: int = 0) -> TokenMeter:
    """The meter of a question of four words, with what a language model reported."""
    return TokenMeter("Was it lit?", SentenceEmbeddings(PACKAGED_MODEL).folder, ModelTokens(read, written))
