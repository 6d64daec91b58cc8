"""Answers over the sample archive, extractive and with a scripted model."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from rag.archive import Archive
from rag.chain import CableRetriever
from rag.domain.answer import Answer
from rag.errors import ModelUnavailable
from rag.query.query import Query
from rag.settings import Settings

QUESTION = "ferry inquiry hearings"


def texts(archive: Archive, keys: Sequence[str]) -> dict[str, str]:
    return {key: paragraph.text for key, (_, paragraph) in archive.catalog.paragraphs(list(keys)).items()}


def assert_quotes_verbatim(archive: Archive, answer: Answer) -> None:
    held = texts(archive, [quote.key for quote in answer.quotes])
    assert answer.quotes
    for quote in answer.quotes:
        assert held[quote.key][quote.start : quote.end] == quote.quote != ""


def test_an_extractive_answer_is_quoted_verbatim(sample: Archive) -> None:
    answer = sample.chain.invoke(Query(QUESTION))
    assert answer.mode == "extractive"
    assert not answer.abstained
    assert_quotes_verbatim(sample, answer)
    assert {key for sentence in answer.sentences for key in sentence.citations} <= set(answer.retrieved)
    assert len(answer.retrieved) == 20
    assert all(f"[{quote.citation}]" in answer.text for quote in answer.quotes)


async def _collect(archive: Archive) -> list[Answer]:
    return [answer async for answer in archive.chain.astream(Query(QUESTION))]


def test_the_chain_is_a_runnable(sample: Archive) -> None:
    import asyncio

    waited = asyncio.run(sample.chain.ainvoke(Query(QUESTION)))
    (streamed,) = asyncio.run(_collect(sample))
    assert waited.text == streamed.text == sample.chain.invoke(Query(QUESTION)).text


def test_the_retriever_is_a_langchain_retriever(sample: Archive) -> None:
    found = CableRetriever(retriever=sample.retriever, k=3).invoke(QUESTION)
    assert len(found) == 3
    assert found[0].metadata["key"] == found[0].id
    assert found[0].metadata["citation"]
    assert found[0].page_content == texts(sample, [found[0].metadata["key"]])[found[0].metadata["key"]]


def test_nothing_to_say_is_said(sample: Archive) -> None:
    answer = sample.chain.invoke(Query("qwzx vbnm plkj"))
    assert answer.abstained
    assert answer.reason
    assert answer.text == ""
    assert answer.closest


def test_a_wrong_model_leaves_no_store_behind(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable):
        Archive(Settings(store=tmp_path / "store", llm="gpt"), create=True)
    assert not (tmp_path / "store").exists()


def test_the_questions_own_constraints_narrow_the_search(sample: Archive) -> None:
    answer = sample.chain.invoke(
        Query("In cables sent from Port Zephyr in 2008, on what ground was the award attacked?")
    )
    assert {(each.field, each.value) for each in answer.filters} >= {
        ("post", "PORTZEPHYR"),
        ("date_from", "2008-01-01"),
    }
    assert all(key.startswith("08PORTZEPHYR") for key in answer.retrieved)


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("What does QUILLHAVEN 2340 ¶5 say?", "07QUILLHAVEN2340#5"),
        ("what is in quillhaven 2340 para 5", "07QUILLHAVEN2340#5"),
    ],
)
def test_a_question_that_names_a_cable_goes_straight_there(sample: Archive, question: str, key: str) -> None:
    answer = sample.chain.invoke(Query(question))
    assert answer.retrieved[0] == key
    assert {citation for sentence in answer.sentences for citation in sentence.citations} == {key}


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("What does QUILLHAVEN 9999 ¶5 say?", "holds no cable QUILLHAVEN 9999"),
        ("What does QUILLHAVEN 2340 ¶99 say?", "there is no QUILLHAVEN 2340 ¶99; the cable has paragraphs 1 to 13"),
        ("Who won the football world cup in 1998?", "no paragraph of the archive bears on the question"),
    ],
)
def test_what_is_not_there_is_declined_with_a_reason(sample: Archive, question: str, reason: str) -> None:
    answer = sample.chain.invoke(Query(question))
    assert answer.abstained
    assert reason in (answer.reason or "")
    assert answer.text == ""


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("Whose idea was it really to switch the Gannet Rock light back on?", "07QUILLHAVEN2340#5"),
        ("What was on the platform of the Northern Ports List?", "08LANTERNBAY12#5~2"),
        ("what's the Zephyrian ship been doing around Gannet Rock since the light came on?", "07QUILLHAVEN2340#7"),
        ("how big was the fine that the captian of the Windlass was threatened with?", "06QUILLHAVEN1871#1"),
        ("Why can't the big bulk carriers headed for Tallow Point come straight in?", "06PORTZEPHYR112#2"),
        ("How many vessels took part in the 2006 boat blessing in Lantern Bay?", "06LANTERNBAY45#u1"),
        ("How much money does the family of each person who died on the Silver Petrel get?", "07PORTZEPHYR398#8"),
    ],
)
def test_questions_as_a_user_types_them(sample: Archive, question: str, key: str) -> None:
    answer = sample.chain.invoke(Query(question))
    assert key in {quote.key for quote in answer.quotes}
