"""Calls to a language model: retries, time limits, and ends before the end of a reply."""

import asyncio
from collections.abc import Iterator

import pytest
from langchain_core.language_models import BaseChatModel, GenericFakeChatModel
from langchain_core.messages import AIMessage, HumanMessage

from rag.errors import ModelFailed
from rag.llm.model_calls import MOST_CHARACTERS, ModelCalls
from tests.rag.llm.streaming_model import SILENCE, Reply, StreamingModel, VendorError

PROMPT = [HumanMessage("Where is the lantern?")]


def calls(model: BaseChatModel, budget: float = 30) -> ModelCalls:
    return ModelCalls(model, budget, pause=0.001)


@pytest.mark.anyio
async def test_pieces_come_in_order_without_the_empty_ones() -> None:
    model = StreamingModel(replies=[["", "It is ", "", "lit."]])
    assert [piece async for piece in calls(model).pieces(PROMPT)] == ["It is ", "lit."]
    assert (model.begun, model.ended) == (1, 1)


@pytest.mark.anyio
@pytest.mark.parametrize("failed", [[VendorError(429)], [VendorError(503)], [TimeoutError()], [], ["", ""]], ids=str)
async def test_a_call_that_fails_before_its_first_piece_is_retried(failed: Reply) -> None:
    model = StreamingModel(replies=[failed, failed, ["Lit."]])
    assert await calls(model).text(PROMPT) == "Lit."
    assert (model.begun, model.ended) == (3, 3)


@pytest.mark.anyio
async def test_a_final_failure_is_not_retried() -> None:
    model = StreamingModel(replies=[[VendorError(429)], [VendorError(401)]])
    with pytest.raises(ModelFailed, match=r"VendorError\): status 401"):
        await calls(model).text(PROMPT)
    assert model.begun == 2


@pytest.mark.anyio
async def test_a_reply_that_breaks_off_is_not_retried() -> None:
    model = StreamingModel(replies=[["It is ", VendorError(503)]])
    pieces = calls(model).pieces(PROMPT)
    assert await anext(pieces) == "It is "
    with pytest.raises(ModelFailed, match="status 503"):
        await anext(pieces)
    assert (model.begun, model.ended) == (1, 1)


@pytest.mark.anyio
async def test_a_silent_model_is_given_up_when_the_budget_is_spent() -> None:
    model = StreamingModel(replies=[["It is ", SILENCE]])
    with pytest.raises(ModelFailed, match="took more than 0 s"):
        await calls(model, budget=0.1).text(PROMPT)
    assert model.ended == 1


@pytest.mark.anyio
async def test_the_first_failure_is_raised_when_the_budget_is_spent() -> None:
    model = StreamingModel(replies=[[VendorError(429)], [SILENCE]])
    with pytest.raises(ModelFailed, match="status 429"):
        await calls(model, budget=0.1).text(PROMPT)
    assert (model.begun, model.ended) == (2, 2)


@pytest.mark.anyio
async def test_no_retry_begins_that_the_budget_does_not_allow() -> None:
    model = StreamingModel(replies=[[VendorError(429)]])
    with pytest.raises(ModelFailed, match="status 429"):
        await ModelCalls(model, budget=5, pause=6).text(PROMPT)
    assert model.begun == 1


@pytest.mark.anyio
async def test_a_long_reply_is_read_no_further_than_the_limit() -> None:
    model = StreamingModel(replies=[["x" * 1000] * 100])
    assert len(await calls(model).text(PROMPT)) == MOST_CHARACTERS + 1000
    await model.until_ended()
    assert model.pieces == MOST_CHARACTERS // 1000 + 1


@pytest.mark.anyio
async def test_closing_the_pieces_ends_the_call() -> None:
    model = StreamingModel(replies=[["It is ", "lit."]])
    pieces = calls(model).pieces(PROMPT)
    await anext(pieces)
    await pieces.aclose()
    await model.until_ended()
    assert (model.begun, model.ended) == (1, 1)


@pytest.mark.anyio
async def test_cancelling_a_caller_that_waits_for_a_piece_ends_the_call() -> None:
    model = StreamingModel(replies=[["It is ", SILENCE]])
    task = asyncio.ensure_future(calls(model).text(PROMPT))
    await model.until_silent()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert model.ended == 1


@pytest.mark.anyio
async def test_a_model_that_streams_only_synchronously_is_read_as_well() -> None:
    def replies() -> Iterator[AIMessage]:
        yield AIMessage("It is lit.")

    model = GenericFakeChatModel(messages=replies())
    assert [piece async for piece in calls(model).pieces(PROMPT)] == ["It", " ", "is", " ", "lit."]
