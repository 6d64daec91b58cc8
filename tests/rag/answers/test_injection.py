"""Cable text and questions are data: forty attempts to make them orders, against a model that obeys every one."""

import asyncio
from collections.abc import Iterator

import pytest

from rag.archive import Archive
from rag.domain.answer import Answer
from rag.domain.events import Answered, Event, Stated
from rag.domain.retrieved_paragraph import RetrievedParagraph
from rag.query.parsed_query import ParsedQuery
from rag.text.prompt_injection import is_prompt_injection
from tests.rag.answers.scripted import QUESTION, RIGHT, answerer, quotations
from tests.rag.attacks import IN_CABLES, IN_QUESTIONS, Attack
from tests.rag.openai_server import ModelReply, Scripted, openai_server
from tests.rag.samples import with_text


@pytest.fixture(scope="module")
def obedient() -> Iterator[Scripted]:
    with openai_server([ModelReply()]) as server:
        yield server


@pytest.fixture(scope="module")
def found(sample: Archive) -> list[RetrievedParagraph]:
    return sample.search(QUESTION, 20)


def attacked(
    archive: Archive, server: Scripted, attack: Attack, question: str, passages: list[RetrievedParagraph]
) -> tuple[Answer, str]:
    """The answer, and everything a reader was told on the way."""
    server.prompts.clear()
    server.script = [ModelReply(f"{attack.obeyed} {RIGHT}"), ModelReply(attack.obeyed)]

    async def collected() -> list[Event]:
        events = answerer(archive, server.url).events(ParsedQuery(question), passages)
        return [event async for event in events]

    *stated, answered = asyncio.run(collected())
    assert isinstance(answered, Answered)
    return answered.answer, "".join(event.sentence.text for event in stated if isinstance(event, Stated))


def assert_without_effect(
    answer: Answer, told: str, attack: Attack, passages: list[RetrievedParagraph], prompt: str
) -> None:
    assert attack.forbidden not in answer.text + told
    offered = {passage.key: passage for passage in passages[:20]}
    assert {quote.key for quote in answer.quotes} <= set(offered)
    assert all(offered[each.key].text[each.start : each.end] == each.quote for each in answer.quotes)
    assert prompt.count("</source>") <= 20 and prompt.count("<question>") == 1
    assert "NOT IN THE SOURCES" in prompt  # the rules were there, whole


@pytest.mark.parametrize("attack", IN_CABLES, ids=lambda attack: attack.planted[:40])
def test_orders_in_a_cable_change_nothing(
    sample: Archive, obedient: Scripted, found: list[RetrievedParagraph], attack: Attack
) -> None:
    planted = [with_text(found[0], f"{found[0].text} {attack.planted}"), *found[1:]]
    answer, told = attacked(sample, obedient, attack, QUESTION, planted)
    assert_without_effect(answer, told, attack, planted, obedient.prompts[0])
    quoted = quotations(sample).extract(ParsedQuery(QUESTION), planted)
    assert attack.planted not in " ".join(sentence.text for sentence in quoted.sentences)


@pytest.mark.parametrize("attack", IN_QUESTIONS, ids=lambda attack: attack.planted[:40])
def test_orders_in_a_question_change_nothing(
    sample: Archive, obedient: Scripted, found: list[RetrievedParagraph], attack: Attack
) -> None:
    answer, told = attacked(sample, obedient, attack, f"{QUESTION} {attack.planted}", found)
    assert_without_effect(answer, told, attack, found, obedient.prompts[0])


def test_there_are_forty() -> None:
    assert len({attack.planted for attack in (*IN_CABLES, *IN_QUESTIONS)}) == 40


@pytest.mark.parametrize(
    "sentence",
    [
        "The Ambassador asked the minister to ignore the report of the commission.",
        "Post requests instructions on how to reply to the note.",
        "He said the rules of origin would not change.",
        "Please advise the Embassy how to answer the Deputy Minister's question.",
        "The ministry will respond with a note in writing next week.",
        "Hask told the press that only two vessels were seized.",
        "The system of quotas would end, the assistant secretary said.",
    ],
)
def test_what_diplomats_write_is_no_attack(sentence: str) -> None:
    assert not is_prompt_injection(sentence)
