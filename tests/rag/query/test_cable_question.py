import time

import pytest

from rag.query.cable_question import CableQuestion, read_cable_question
from rag.query.phrasing import PhrasingReader

POSTS = {"TOKYO", "SANTIAGO", "NEWDELHI"}


@pytest.mark.parametrize(
    ("question", "fields"),
    [
        ("Who signed TOKYO 2287?", ("signers",)),
        ("tell me who signed tokyo 2287", ("signers",)),
        ("when was new delhi 123 sent", ("date",)),
        ("What classification does TOKYO 1100 from 2004 have?", ("classification",)),
        ("What TAGS does TOKYO 2287 have?", ("tags",)),
        ("What does TOKYO 2287 refer to?", ("references",)),
        ("Which cables refer to TOKYO 2287?", ("referring",)),
        ("Who signed TOKYO 2287 and when was it sent?", ("signers", "date")),
        ("Subject and date of 08TOKYO2287", ("subject", "date")),
        ("How many paragraphs has TOKYO 644?", ("paragraphs",)),
        ("For what reason is TOKYO 2287 classified?", ("reason",)),
        ("Whose signature is under TOKYO 15, the request about lamps?", ("signers",)),
        ("I'd like to cite the one on lamps, TOKYO 15. Who classified it?", ("classified_by",)),
        ("08TOKYO62: which tags?", ("tags",)),
    ],
)
def test_fields_of_a_cable(phrasings: PhrasingReader, question: str, fields: tuple[str, ...]) -> None:
    read = read_cable_question(question, POSTS, phrasings)
    assert read is not None and read.fields == fields


@pytest.mark.parametrize(
    "question",
    ["Summarise TOKYO 869", "What is TOKYO 869 about?", "What does TOKYO 869 say?", "TOKYO 869",
     "give me a summary of 08TOKYO3205 please"],
)  # fmt: skip
def test_a_whole_cable(phrasings: PhrasingReader, question: str) -> None:
    read = read_cable_question(question, POSTS, phrasings)
    assert read is not None and read.is_summary


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("What does SANTIAGO 15 say about Brazil?", "Brazil"),
        ("What is there in SANTIAGO 15 about money laundering?", "money laundering"),
        ("does 10SANTIAGO15 mention Lula, and why?", "Lula"),
        ("SANTIAGO 15 on the price of lamp oil", "price of lamp oil"),
    ],
)
def test_a_cable_on_a_topic(phrasings: PhrasingReader, question: str, topic: str) -> None:
    read = read_cable_question(question, POSTS, phrasings)
    assert read is not None and read.topic.removeprefix("the ") == topic


def test_the_year_of_a_label_may_stand_behind_it(phrasings: PhrasingReader) -> None:
    assert read_cable_question("Who signed TOKYO 1003 from 2009?", POSTS, phrasings) == CableQuestion(("signers",))


@pytest.mark.parametrize(
    "question",
    [
        "Why was Kalashov arrested in TOKYO 869?",
        "Who signed the treaty in Tokyo in 2007?",
        "What does TOKYO 2287 ¶3 say?",
        "What did Tokyo 2008 bring?",
        "Who signed LIMA 12?",
        "Timeline of the lamp in late 2009",
    ],
)
def test_other_questions_are_none(phrasings: PhrasingReader, question: str) -> None:
    assert read_cable_question(question, POSTS, phrasings) is None


@pytest.mark.parametrize("unit", ["TOKYO 1 ", "what is ", "and when was it ", "tags, ", "a" * 20])
def test_no_question_takes_long(phrasings: PhrasingReader, unit: str) -> None:
    started = time.perf_counter()
    read_cable_question((f"TOKYO 12 {unit * 300}")[:299], POSTS, phrasings)
    assert time.perf_counter() - started < 1
