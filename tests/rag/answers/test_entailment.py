"""Entailment judged by a scripted language model."""

import pytest

from rag.answers.entailment import Entailment
from rag.llm.model_calls import ModelCalls
from tests.rag.llm.streaming_model import StreamingModel
from tests.rag.samples import make_retrieved


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("reply", "holds"),
    [("YES", True), ("yes.", True), (' "Yes"', True), ("**YES**", True), ("NO", False), ("Perhaps yes", False)],
)
async def test_only_a_reply_that_begins_with_yes_confirms_a_sentence(reply: str, holds: bool) -> None:
    entailment = Entailment(ModelCalls(StreamingModel(replies=[[reply]]), budget=30))
    assert (
        await entailment.holds("Is it lit?", "The lantern is lit.", [make_retrieved("08QUILL12#1", "It is lit.")])
        is holds
    )
