"""Questions about the catalog put into plain words by a scripted language model."""

from pathlib import Path

import pytest

from rag.archive import Archive
from rag.llm.model_calls import ModelCalls
from rag.llm.restating import Restater
from rag.query.query import Query
from rag.settings import Settings
from tests.rag.llm.streaming_model import StreamingModel
from tests.rag.openai_server import ModelReply, openai_server

ROUNDABOUT = "For a footnote: the sum total of Ostermere's output in these holdings, duplicates and all?"
PLAIN = "How many cables from Ostermere?"


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("reply", "plain"),
    [
        (f" {PLAIN}\n", PLAIN),
        ("CONTENT", None),
        ("content.", None),
        ("How many cables from Quillhaven?", None),
        ("How many cables? " * 40, None),
    ],
)
async def test_the_plain_form_names_only_what_the_question_names(reply: str, plain: str | None) -> None:
    assert await Restater(ModelCalls(StreamingModel(replies=[[reply]]), budget=30)).plain(ROUNDABOUT) == plain


@pytest.mark.anyio
async def test_a_question_without_a_word_for_cables_is_not_sent() -> None:
    model = StreamingModel(replies=[[PLAIN]])
    assert await Restater(ModelCalls(model, budget=30)).plain("Who lit the lantern?") is None


def test_a_roundabout_question_is_answered_from_the_catalog(sample_store: Path) -> None:
    with openai_server([ModelReply(PLAIN)]) as server:
        settings = Settings(store=sample_store, llm="openai:scripted", llm_base_url=server.url, llm_api_key="key")
        with Archive(settings, wait=10) as archive:
            answer = archive.chain.invoke(Query(ROUNDABOUT))
            expected = archive.chain.invoke(Query(PLAIN))
    assert (answer.kind, answer.question, answer.text) == ("catalog", PLAIN, expected.text)
    assert ROUNDABOUT in server.prompts[0] and "<source" not in server.prompts[0]
