"""An answer as completion objects."""

import json
from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from api.openai.chunks import Completions, completion_text
from rag.domain.answer import Answer, Quote, Sentence
from rag.domain.answer_table import AnswerTable
from rag.domain.events import Answered, Event, Stated, Status
from rag.errors import ModelFailed

KEY, CITATION = "08QUILL12#1", "QUILL 12 ¶1"
SENTENCES = (
    Sentence("It was lit.", (KEY,)),
    Sentence("It was red.", (), supported=False),
    Sentence("It is out.", (KEY,)),
)
ANSWER = Answer("Was it lit?", "llm", SENTENCES, (Quote(KEY, CITATION, "lit", 0, 3),))
TEXT = "It was lit. [QUILL 12 ¶1] It is out. [QUILL 12 ¶1]"


def labels(keys: Sequence[str]) -> dict[str, str]:
    return dict.fromkeys(keys, CITATION)


async def events_of(*events: Event, error: Exception | None = None) -> AsyncGenerator[Event, None]:
    for event in events:
        yield event
    if error is not None:
        raise error


async def sent(events: AsyncGenerator[Event, None], with_usage: bool = False) -> list[Any]:
    """The data of all server-sent events, `[DONE]` as it is."""
    chunks = [chunk.decode() async for chunk in Completions("id", 1).chunks(events, labels, with_usage)]
    assert all(chunk.startswith("data: ") and chunk.endswith("\n\n") for chunk in chunks)
    data = [chunk.removeprefix("data: ").strip() for chunk in chunks]
    return [text if text == "[DONE]" else json.loads(text) for text in data]


def content(chunks: Sequence[Any]) -> str:
    deltas = [chunk["choices"][0]["delta"] for chunk in chunks if isinstance(chunk, dict) and chunk.get("choices")]
    return "".join(delta.get("content", "") for delta in deltas)


def test_a_whole_completion_has_the_cited_text_and_the_answer() -> None:
    completion = Completions("id", 1).whole(ANSWER)
    assert completion["choices"][0]["message"] == {"role": "assistant", "content": TEXT}
    assert completion["object"] == "chat.completion" and completion["cables"] == ANSWER.json()


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (Answer("?", "extractive", abstained=True, reason="nothing is near", closest=(KEY,)),
         f"No answer: nothing is near. Closest paragraphs: {KEY}."),
        (Answer("?", "extractive", SENTENCES[:1], abstained=True, reason="half of it is missing"),
         "Closest passages, not an answer: half of it is missing.\n\nIt was lit."),
        (Answer("?", "extractive", SENTENCES[:1], reason="the model failed"), "It was lit.\n\nNote: the model failed."),
    ],
)  # fmt: skip
def test_reasons_and_closest_paragraphs_are_in_the_text(answer: Answer, text: str) -> None:
    assert completion_text(answer) == text


@pytest.mark.anyio
async def test_supported_sentences_are_sent_once_as_they_come() -> None:
    stated = [Stated(sentence) for sentence in SENTENCES]
    chunks = await sent(events_of(Status("writing"), *stated, Answered(ANSWER)), with_usage=True)
    assert content(chunks) == TEXT
    assert chunks[0]["choices"][0]["delta"]["role"] == "assistant"
    *_, stop, usage, done = chunks
    assert stop["choices"][0]["finish_reason"] == "stop" and stop["cables"] == ANSWER.json()
    assert usage["choices"] == [] and usage["usage"]["total_tokens"] == 0
    assert done == "[DONE]"


@pytest.mark.anyio
async def test_an_answer_without_stated_sentences_is_sent_at_the_end() -> None:
    assert content(await sent(events_of(Answered(ANSWER)))) == TEXT


@pytest.mark.anyio
async def test_a_failure_is_the_last_event() -> None:
    chunks = await sent(events_of(Stated(SENTENCES[0]), error=ModelFailed("no reply")))
    assert chunks[-1]["error"]["message"] == "no reply"
    assert "[DONE]" not in chunks


def test_a_table_follows_the_answer_in_lines() -> None:
    table = AnswerTable(("cable", "date"), (("08QUILL12", "2008-01-02"),) * 21, True, "cables")
    text = completion_text(replace(ANSWER, table=table))
    assert text.startswith(f"{TEXT}\n\n- 08QUILL12 · 2008-01-02\n") and text.endswith("\n- and 1 more")
