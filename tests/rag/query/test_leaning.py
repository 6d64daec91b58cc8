"""How questions lean on a conversation."""

import time

import pytest

from rag.query.leaning import Leaning, has_subject, leaning


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Which cable is that from?", "cables"),
        ("where did you get that", "cables"),
        ("Source?", "cables"),
        ("When was that?", "date"),
        ("and when?", "date"),
        ("What else does it say?", "more"),
        ("Give me more details", "more"),
        ("More details, please", "more"),
        ("go on", "more"),
        ("and the other one?", "more"),
        ("and why?", "bare"),
        ("how many?", "bare"),
        ("And what did he say about the G8?", "pointing"),
        ("How many were expected the following year?", "pointing"),
        ("What did its text leave out?", "pointing"),
        ("Who signed that cable?", "pointing"),
        ("Which other American forces was he interested in?", "pointing"),
        ("and in the second one?", "bare"),
        ("What did the government do about it?", "pointing"),
        ("How did Otsuki respond to that?", "pointing"),
        ("What else does it say about Brenmoor?", "pointing"),
    ],
)
def test_it_is_told_how_a_question_leans(question: str, expected: str) -> None:
    found = leaning(question)
    assert found is not None and found.lean == expected


@pytest.mark.parametrize(
    ("question", "condition"),
    [
        ("and Brenmoor?", "Brenmoor"),
        ("What about the Skellers?", "the Skellers"),
        ("Only those from Ostermere", "from Ostermere"),
        ("Just the cables from Ostermere, please", "from Ostermere, please"),
        ("Same question for 2008", "2008"),
        ("the same in 2007?", "in 2007"),
        ("And in 2007?", "in 2007"),
    ],
)
def test_a_new_condition_is_told_alone(question: str, condition: str) -> None:
    assert leaning(question) == Leaning("narrowed", condition)


@pytest.mark.parametrize(
    "question",
    [
        "How much grain did Brenmoor import in 2006?",
        "What did Otsuki say about his visit?",  # the pronoun has a name before it
        "What did the minister say he would do about the drill?",
        "How many groups did Egypt's spy chief claim his country had brought together?",
        "What was the reason that the talks failed?",
        "Were there protests in Ostermere?",
        "Why is it so hard for the delegate to get in?",
        "Whose idea was it to switch the light back on?",
        "What happened to those who fled Ostermere?",
        "When did the BPF announce its truce?",
        "The ferry sank in 2006. What had the harbour master been told about it?",
        "Tell me more about Leopold Starkey",
        "Who signed the cable QUILLHAVEN 2340?",
        "How many cables are there in this archive?",
        "How many cables are there?",
        "Which cables mention the ferry?",
        "Who found the fishing boat and who gave it back?",
        "Summarise the cable from Quillhaven on herring",
    ],
)
def test_a_question_with_its_own_subject_leans_on_nothing(question: str) -> None:
    assert leaning(question) is None


def test_words_that_name_nothing_have_no_subject() -> None:
    assert not has_subject("and the other one?")
    assert has_subject("and the other ferry?")


@pytest.mark.parametrize("piece", ["it ", "what else ", "and ", "is it a ", "the same ", "Aa ", "that "])
def test_the_time_grows_with_the_length_alone(piece: str) -> None:
    def seconds(times: int) -> float:
        started = time.process_time()
        leaning(piece * times)
        return time.process_time() - started

    leaning(piece)
    assert min(seconds(16_000) for _ in range(3)) < 40 * max(min(seconds(2_000) for _ in range(3)), 1e-3)
