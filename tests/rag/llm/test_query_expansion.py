"""Other searches for a question, asked of a scripted language model."""

import pytest

from rag.llm.model_calls import ModelCalls
from rag.llm.query_expansion import QueryExpander
from tests.rag.llm.streaming_model import StreamingModel


@pytest.mark.anyio
async def test_each_line_is_a_search() -> None:
    reply = "1. harbour pilots strike\n- pilotage dispute\n\nWho struck?\npilotage dispute\nport stoppage\nfourth"
    expander = QueryExpander(ModelCalls(StreamingModel(replies=[[reply]]), budget=30))
    assert await expander.queries("Who struck?") == ("harbour pilots strike", "pilotage dispute", "port stoppage")


@pytest.mark.anyio
async def test_a_model_that_fails_has_none() -> None:
    assert await QueryExpander(ModelCalls(StreamingModel(replies=[[]]), budget=0.1)).queries("Who struck?") == ()
