"""Follow-ups and small talk."""

import asyncio

import pytest

from rag.archive import Archive
from rag.domain.events import Event, Status
from rag.query.conversation import Turn, standalone
from rag.query.query import Query
from rag.query.small_talk import small_talk

OTSUKI = Turn("user", "What did Otsuki say about the drill in Maizuru?")
SHIP = Turn("user", "Why did the Silver Petrel sink?")
REPLY = Turn("assistant", "According to Corvin Hask, the door stood shut. [QUILLHAVEN 2340 ¶5]")


@pytest.mark.parametrize(
    ("turns", "question", "expected"),
    [
        ([OTSUKI], "And what did he say about the G8?", "What did Otsuki say about the G8?"),
        ([OTSUKI], "and what was his view of Lavrov?", "What was Otsuki's view of Lavrov?"),
        ([OTSUKI], "when?", "What did Otsuki say about the drill in Maizuru: when?"),
        ([OTSUKI], "what about Lavrov?", "What did Otsuki say about the drill in Maizuru? And about Lavrov?"),
        ([OTSUKI], "And in 2007?", "What did Otsuki say about the drill in Maizuru? In 2007?"),
        ([SHIP], "How many people died on it?", "How many people died on it (Silver Petrel)?"),
        ([Turn("user", "Who explained the wreck?"), REPLY], "What else did he say?", "What else did Corvin Hask say?"),
        ([OTSUKI], "How much grain did Brenmoor import in 2006?", "How much grain did Brenmoor import in 2006?"),
        ([], "And what did he say?", "And what did he say?"),
    ],
)
def test_a_follow_up_is_made_to_stand_on_its_own(turns: list[Turn], question: str, expected: str) -> None:
    assert standalone(question, turns) == expected


@pytest.mark.parametrize(
    ("words", "reply"),
    [
        ("Hello!", "16 cables"),
        ("hi there, good morning", "16 cables"),
        ("What can you do?", "cite"),
        ("help", "cite"),
        ("Thank you very much!", "welcome"),
        ("ok thanks", "welcome"),
    ],
)
def test_small_talk_gets_a_fitting_reply(words: str, reply: str) -> None:
    assert reply in (small_talk(words, 16) or "")


@pytest.mark.parametrize(
    "question", ["Hello, who sank the ferry?", "What can Brenmoor do?", "thanks to whom did it end?"]
)
def test_a_question_is_no_small_talk(question: str) -> None:
    assert small_talk(question, 16) is None


def test_small_talk_searches_nothing(sample: Archive) -> None:
    async def stream() -> list[Event]:
        return [event async for event in sample.stream(Query("hello"))]

    events = asyncio.run(stream())
    assert not any(isinstance(event, Status) for event in events)
    answer = sample.chain.invoke(Query("hello"))
    assert (answer.abstained, answer.retrieved, answer.quotes) == (False, (), ())
    assert answer.text.startswith("Hello.")


def test_the_answer_tells_the_standalone_question(sample: Archive) -> None:
    turns = (Turn("user", "What does Leopold Starkey do?"),)
    answer = sample.chain.invoke(Query("And whose idea did he say the Gannet Rock light was?", turns=turns))
    assert answer.question == "Whose idea did Leopold Starkey say the Gannet Rock light was?"
    assert "07QUILLHAVEN2340#5" in answer.retrieved[:3]


def test_the_conditions_of_the_earlier_question_are_carried_over(sample: Archive) -> None:
    turns = (Turn("user", "In cables from Port Zephyr in 2008, who attacked the award?"),)
    answer = sample.chain.invoke(Query("And why?", turns=turns))
    assert ("post", "PORTZEPHYR") in {(each.field, each.value) for each in answer.filters}
