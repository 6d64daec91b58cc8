"""A second search where a (scripted) language model declined."""

from pathlib import Path

from rag.archive import Archive
from rag.domain.answer import Answer
from rag.query.query import Query
from rag.settings import Settings
from tests.rag.openai_server import ModelReply, Scripted, openai_server

QUESTION = "Whose idea was it to switch the Gannet Rock light back on?"
SEARCHES = "beacon relit\nchief of staff lighthouse"
FOUND = "The idea came from the chief of staff, Leopold Starkey, and not from the Navy [{number}]."


def answered(store: Path, server: Scripted) -> Answer:
    settings = Settings(store=store, llm="openai:scripted", llm_base_url=server.url, llm_api_key="key")
    with Archive(settings, wait=10) as archive:
        return archive.chain.invoke(Query(QUESTION))


def script(second: str) -> list[ModelReply]:
    return [ModelReply("NOT IN THE SOURCES"), ModelReply(SEARCHES), ModelReply(second)]


def test_what_a_model_declines_is_searched_for_in_other_words(sample_store: Path) -> None:
    with openai_server(script(FOUND.format(number=13))) as server:
        answer = answered(sample_store, server)
    first, expanded, second = server.prompts
    assert QUESTION in expanded and "<source" not in expanded
    assert second.count("<source") > 8 and second != first
    assert not answer.abstained and "Starkey" in answer.text
    assert answer.searched["again"] == SEARCHES.splitlines()
    assert set(answer.sentences[0].citations) <= set(answer.retrieved)


def test_what_is_declined_twice_is_declined_with_what_was_found_first(sample_store: Path) -> None:
    with openai_server(script("NOT IN THE SOURCES")) as server:
        answer = answered(sample_store, server)
    assert answer.abstained and len(server.prompts) == 3
    assert answer.searched["again"] == SEARCHES.splitlines()
