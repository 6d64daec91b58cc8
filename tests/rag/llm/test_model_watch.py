"""What is reported of calls to the language model when their replies are streamed."""

from collections.abc import Iterator

import pytest
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, HumanMessage

from rag.errors import ModelFailed
from rag.llm.model_calls import ModelCalls
from rag.llm.model_watch import ModelWatch
from tests.rag.llm.streaming_model import StreamingModel, VendorError

PROMPT = [HumanMessage("Where is the lantern?")]


class Calls:
    """Records whether each call failed, and its tokens."""

    def __init__(self) -> None:
        self.completed: list[tuple[bool, int, int]] = []

    def add(self, seconds: float, failed: bool, read: int, written: int) -> None:
        assert seconds >= 0
        self.completed.append((failed, read, written))


@pytest.mark.anyio
async def test_a_streamed_reply_is_reported_once() -> None:
    def replies() -> Iterator[AIMessage]:
        yield AIMessage("It is lit.")

    calls = Calls()
    model = GenericFakeChatModel(messages=replies(), callbacks=[ModelWatch(calls.add)])
    assert await ModelCalls(model, budget=30).text(PROMPT) == "It is lit."
    assert calls.completed == [(False, 0, 0)]


@pytest.mark.anyio
async def test_a_failed_call_is_reported_as_failed() -> None:
    calls = Calls()
    model = StreamingModel(replies=[[VendorError(401)]], callbacks=[ModelWatch(calls.add)])
    with pytest.raises(ModelFailed):
        await ModelCalls(model, budget=30).text(PROMPT)
    assert calls.completed == [(True, 0, 0)]


@pytest.mark.anyio
async def test_a_call_that_is_closed_early_is_reported_as_failed() -> None:
    calls = Calls()
    model = StreamingModel(replies=[["It is ", "lit."]], callbacks=[ModelWatch(calls.add)])
    pieces = ModelCalls(model, budget=30).pieces(PROMPT)
    await anext(pieces)
    await pieces.aclose()
    await model.until_ended()
    assert calls.completed == [(True, 0, 0)]
