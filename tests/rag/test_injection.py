"""Cable text and questions are data: forty attempts to make them orders, against a model that obeys every one."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from rag.answer import Answer
from rag.archive import Archive
from rag.events import Answered, Stated
from rag.filters import Filters
from rag.instructions import steers
from rag.named import Named
from rag.passage import Passage
from tests.rag.attacks import IN_CABLES, IN_QUESTIONS, Attack
from tests.rag.openai_server import Reply, Scripted, openai_server
from tests.rag.test_llm_answers import QUESTION, RIGHT, answerer, quotations


@pytest.fixture(scope="module")
def obedient() -> Iterator[Scripted]:
    with openai_server([Reply()]) as server:
        yield server


@pytest.fixture(scope="module")
def found(sample: Archive) -> list[Passage]:
    return sample.search(QUESTION, 20)


def attacked(
    archive: Archive, server: Scripted, attack: Attack, question: str, passages: list[Passage]
) -> tuple[Answer, str]:
    """The answer, and everything a reader was told on the way."""
    server.prompts.clear()
    server.script = [Reply(f"{attack.obeyed} {RIGHT}"), Reply(attack.obeyed)]
    told = ""
    for event in answerer(archive, server.url).events(question, passages, Named(), Filters()):
        if isinstance(event, Stated):
            told += event.sentence.text
        elif isinstance(event, Answered):
            return event.answer, told
    raise AssertionError("no answer")


def assert_without_effect(answer: Answer, told: str, attack: Attack, passages: list[Passage], prompt: str) -> None:
    assert attack.forbidden not in answer.text + told
    offered = {passage.key: passage for passage in passages[:8]}
    assert {quote.key for quote in answer.quotes} <= set(offered)
    assert all(offered[each.key].text[each.start : each.end] == each.quote for each in answer.quotes)
    assert prompt.count("</source>") <= 8 and prompt.count("<question>") == 1
    assert "NOT IN THE SOURCES" in prompt  # the rules were there, whole


@pytest.mark.parametrize("attack", IN_CABLES, ids=lambda attack: attack.planted[:40])
def test_orders_in_a_cable_change_nothing(
    sample: Archive, obedient: Scripted, found: list[Passage], attack: Attack
) -> None:
    planted = [replace(found[0], text=f"{found[0].text} {attack.planted}"), *found[1:]]
    answer, told = attacked(sample, obedient, attack, QUESTION, planted)
    assert_without_effect(answer, told, attack, planted, obedient.prompts[0])
    quoted = quotations(sample).extract(QUESTION, planted)
    assert attack.planted not in " ".join(sentence.text for sentence in quoted.sentences)


@pytest.mark.parametrize("attack", IN_QUESTIONS, ids=lambda attack: attack.planted[:40])
def test_orders_in_a_question_change_nothing(
    sample: Archive, obedient: Scripted, found: list[Passage], attack: Attack
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
    assert not steers(sentence)
