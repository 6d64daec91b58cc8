"""Questions put into English by a (scripted) language model."""

from pathlib import Path

import pytest

from rag.archive import Archive
from rag.domain.answer import Answer
from rag.query.query import Query
from rag.settings import Settings
from tests.rag.openai_server import ModelReply, Scripted, openai_server

FRENCH = "Qui a voulu rallumer le phare de Gannet Rock ?"
ENGLISH = "Whose idea was it to switch the Gannet Rock light back on?"
TOLD = "The idea came from the chief of staff, Leopold Starkey, and not from the Navy [1]."


def asked(store: Path, server: Scripted, question: str) -> Answer:
    settings = Settings(
        store=store, llm="openai:scripted", llm_base_url=server.url, llm_api_key="key", llm_timeout=2, llm_budget=3
    )
    with Archive(settings, wait=10) as archive:
        return archive.chain.invoke(Query(question))


def test_the_english_of_a_question_is_searched_and_answered(sample_store: Path) -> None:
    with openai_server([ModelReply(f"« {ENGLISH} »\n"), ModelReply(TOLD)]) as server:
        answer = asked(sample_store, server, FRENCH)
    assert (answer.question, answer.mode) == (ENGLISH, "llm")
    assert FRENCH in server.prompts[0] and ENGLISH in server.prompts[1]


def test_a_question_in_english_is_not_translated(sample_store: Path) -> None:
    with openai_server([ModelReply(TOLD)]) as server:
        assert asked(sample_store, server, ENGLISH).question == ENGLISH
    assert len(server.prompts) == 1


@pytest.mark.parametrize("reply", [ModelReply("x " * 400), ModelReply(status=400)], ids=["endless", "failing"])
def test_without_a_translation_the_question_stays_as_it_was(sample_store: Path, reply: ModelReply) -> None:
    with openai_server([reply, ModelReply(TOLD)]) as server:
        assert asked(sample_store, server, FRENCH).question == FRENCH
