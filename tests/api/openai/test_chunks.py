"""An answer as completion objects."""

import json
from collections.abc import AsyncGenerator, Sequence
from typing import Any

import pytest

from api.openai.chunks import Completions
from rag.domain.events import Answered, Event, Stated
from rag.errors import ModelFailed
from tests.api.openai.answers import ANSWER, PLACES, SENTENCES, TEXT, events_of, labels, meter

ANNOTATIONS = [{"type": "url_citation", "url_citation": place} for place in PLACES]


def completions() -> Completions:
    return Completions("http://archive", meter(7, 5), "id", 1)


async def sent(events: AsyncGenerator[Event, None], with_usage: bool = False) -> list[Any]:
    """The data of all server-sent events, `[DONE]` as it is."""
    chunks = [chunk.decode() async for chunk in completions().chunks(events, labels, with_usage)]
    assert all(chunk.startswith("data: ") and chunk.endswith("\n\n") for chunk in chunks)
    data = [chunk.removeprefix("data: ").strip() for chunk in chunks]
    return [text if text == "[DONE]" else json.loads(text) for text in data]


def content(chunks: Sequence[Any]) -> str:
    deltas = [chunk["choices"][0]["delta"] for chunk in chunks if isinstance(chunk, dict) and chunk.get("choices")]
    return "".join(delta.get("content", "") for delta in deltas)


@pytest.mark.anyio
async def test_a_whole_completion_has_the_cited_text_and_the_answer() -> None:
    completion = await completions().whole(ANSWER)
    message = {"role": "assistant", "content": TEXT, "annotations": ANNOTATIONS}
    assert completion["choices"][0]["message"] == message
    assert completion["object"] == "chat.completion" and completion["cables"] == ANSWER.json()
    assert completion["usage"]["total_tokens"] == 12


@pytest.mark.anyio
async def test_sentences_are_sent_as_they_come() -> None:
    stated = [Stated(sentence) for sentence in SENTENCES]
    chunks = await sent(events_of(*stated, Answered(ANSWER)), with_usage=True)
    assert content(chunks) == TEXT
    assert chunks[0]["choices"][0]["delta"]["role"] == "assistant"
    *_, stop, usage, done = chunks
    assert stop["choices"][0]["finish_reason"] == "stop" and stop["cables"] == ANSWER.json()
    assert stop["choices"][0]["delta"] == {"annotations": ANNOTATIONS}
    assert usage["choices"] == [] and usage["usage"]["total_tokens"] == 12
    assert done == "[DONE]"


@pytest.mark.anyio
async def test_a_failure_is_the_last_event() -> None:
    chunks = await sent(events_of(Stated(SENTENCES[0]), error=ModelFailed("no reply")))
    assert chunks[-1]["error"]["message"] == "no reply"
    assert "[DONE]" not in chunks
