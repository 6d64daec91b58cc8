"""An answer as a response and its events."""

import json
from collections.abc import AsyncGenerator
from typing import Any

import pytest

from api.openai.response_events import Responses
from rag.domain.events import Answered, Event, Stated
from rag.errors import ModelFailed
from tests.api.openai.answers import ANSWER, PLACES, SENTENCES, TEXT, events_of, labels, meter


def responses() -> Responses:
    return Responses("http://archive", meter(7, 5), "resp_1", 1)


async def sent(events: AsyncGenerator[Event, None]) -> list[dict[str, Any]]:
    frames = [frame.decode() async for frame in responses().events(events, labels)]
    bodies = [json.loads(frame.partition("data: ")[2]) for frame in frames]
    assert all(frame.startswith(f"event: {body['type']}\n") for frame, body in zip(frames, bodies, strict=True))
    assert [body["sequence_number"] for body in bodies] == list(range(len(bodies)))
    return bodies


@pytest.mark.anyio
async def test_a_whole_response_has_one_message_with_one_part() -> None:
    response = await responses().whole(ANSWER)
    [message] = response["output"]
    [part] = message["content"]
    assert part["text"] == TEXT
    assert part["annotations"] == [{"type": "url_citation", **place} for place in PLACES]
    assert response["status"] == message["status"] == "completed" and response["cables"] == ANSWER.json()
    assert (response["usage"]["input_tokens"], response["usage"]["output_tokens"]) == (7, 5)


@pytest.mark.anyio
async def test_events_build_up_the_whole_response() -> None:
    events = await sent(events_of(*map(Stated, SENTENCES), Answered(ANSWER)))
    assert [event["type"].removeprefix("response.") for event in events] == [
        "created",
        "in_progress",
        "output_item.added",
        "content_part.added",
        *["output_text.delta"] * 2,
        *["output_text.annotation.added"] * 2,
        "output_text.done",
        "content_part.done",
        "output_item.done",
        "completed",
    ]
    assert "".join(event.get("delta", "") for event in events) == TEXT
    assert events[-1]["response"] == await responses().whole(ANSWER)
    assert events[0]["response"]["status"] == "in_progress"


@pytest.mark.anyio
async def test_a_failure_is_the_last_event_of_a_response() -> None:
    *_, failed = await sent(events_of(Stated(SENTENCES[0]), error=ModelFailed("no reply")))
    assert failed["type"] == "response.failed" and failed["response"]["status"] == "failed"
    assert failed["response"]["error"] == {"code": "server_error", "message": "no reply"}
