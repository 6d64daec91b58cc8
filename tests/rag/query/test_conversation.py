"""Questions resolved against the turns before them."""

import pytest

from rag.query.conversation import Resolved, Turn, cited_in, earlier_questions, resolved

OTSUKI = Turn("user", "What did Otsuki say about the drill in Maizuru?")
SHIP = Turn("user", "Why did the Silver Petrel sink?")
REPLY = Turn("assistant", "According to Corvin Hask, the door stood shut. [QUILLHAVEN 2340 ¶5]")
POSTS = frozenset(("QUILLHAVEN", "OSTERMERE"))


@pytest.mark.parametrize(
    ("turns", "question", "expected"),
    [
        ([OTSUKI], "And what did he say about the G8?", "What did Otsuki say about the G8?"),
        ([OTSUKI], "and what was his view of Lavrov?", "What was Otsuki's view of Lavrov?"),
        ([OTSUKI], "why?", "What did Otsuki say about the drill in Maizuru: why?"),
        ([OTSUKI], "what about Lavrov?", "What did Otsuki say about the drill in Maizuru? And about Lavrov?"),
        ([OTSUKI], "And in 2007?", "What did Otsuki say about the drill in Maizuru in 2007?"),
        ([SHIP], "How many died on it?", "Why did the Silver Petrel sink: how many died on it?"),
        (
            [Turn("user", "Why did the Silver Petrel sink in 2006?")],
            "How many fishermen from neighbouring villages died on it?",
            "How many fishermen from neighbouring villages died on it (Silver Petrel, 2006)?",
        ),
        ([SHIP, REPLY], "Who signed that cable?", "Who signed QUILLHAVEN 2340?"),
        ([SHIP], "Only those from Ostermere", "Why did the Silver Petrel sink, in cables from Ostermere?"),
    ],
)
def test_a_follow_up_is_made_to_stand_on_its_own(turns: list[Turn], question: str, expected: str) -> None:
    now = resolved(question, turns, POSTS)
    assert (now.question, now.kind) == (expected, "content")
    assert now.subjects == (turns[0].content,)


def test_a_question_that_leans_on_nothing_stays_and_ends_the_subject() -> None:
    question = "How much grain did Brenmoor import in 2006?"
    assert resolved(question, [OTSUKI, REPLY], POSTS) == Resolved(question, "new")
    after = resolved("and in 2007?", [OTSUKI, REPLY, Turn("user", question), Turn("assistant", "Little.")], POSTS)
    assert after.question == "How much grain did Brenmoor import in 2007?"
    assert after.answers == ("Little.",)


def test_a_follow_up_of_a_follow_up_finds_what_the_first_one_meant() -> None:
    turns = [Turn("user", "What did Peru export in 2006?"), REPLY, Turn("user", "and Chile?"), REPLY]
    assert resolved("Same question for 2008", turns).question == "What did Chile export in 2008?"


def test_words_behind_a_question_do_not_pile_up() -> None:
    turns = [SHIP, REPLY, Turn("user", "and why?"), REPLY]
    assert resolved("How many died on it?", turns).question == "Why did the Silver Petrel sink: how many died on it?"


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How did the governor react?", "content"),
        ("What had the Cuban minister demanded?", "content"),  # "Havana" was asked about
        ("How far will the wheat duty fall, and by when?", "new"),
        ("Where did the ferry inquiry meet?", "new"),
        ("Date of QUILLHAVEN 2340?", "new"),
        ("How did the Turkish governor react?", "new"),
        ("How many came to the party in 2006?", "new"),
    ],
)
def test_a_short_question_that_names_nothing_new_is_a_follow_up(question: str, kind: str) -> None:
    turns = [Turn("user", "Who would be invited to the party in Havana in 2004?"), REPLY]
    assert resolved(question, turns).kind == kind


def test_questions_about_the_answer_do_not_change_the_subject() -> None:
    turns = [SHIP, REPLY, Turn("user", "Which cable is that from?"), Turn("assistant", "QUILLHAVEN 2340.")]
    now = resolved("What else does it say?", turns)
    assert (now.kind, now.question) == ("more", "Why did the Silver Petrel sink: what else?")
    assert (now.subjects, len(now.answers)) == ((SHIP.content,), 2)
    again = resolved(now.question, turns)
    assert (again.kind, again.subjects) == (now.kind, now.subjects)


@pytest.mark.parametrize(
    ("question", "kind"),
    [("Which cable is that from?", "cables"), ("When was that?", "date"), ("Tell me more", "more")],
)
def test_what_is_asked_about_the_answer_is_told(question: str, kind: str) -> None:
    now = resolved(question, [SHIP, REPLY])
    assert (now.kind, now.answers) == (kind, (REPLY.content,))
    assert resolved(question, []).kind == "unclear"


@pytest.mark.parametrize("question", ["and the other one?", "and why?", "Only those from Ostermere", "and Peru?"])
def test_what_leans_on_nothing_that_was_said_is_unclear(question: str) -> None:
    assert resolved(question, []).kind == "unclear"
    assert resolved(question, [Turn("user", "Hello!"), Turn("assistant", "Hello.")]).kind == "unclear"


@pytest.mark.parametrize("question", ["And what did he say about the G8?", "wheat duty", "Ostermere?"])
def test_what_names_something_is_searched_for_where_nothing_was_said(question: str) -> None:
    assert resolved(question, []).kind == "new"


def test_the_question_as_it_was_understood_counts_where_it_is_known() -> None:
    turns = [SHIP, REPLY, Turn("user", "and it?"), Turn("assistant", "No.", "Why did the Gannet sink?")]
    assert resolved("and why?", turns).question == "Why did the Gannet sink: why?"


def test_what_people_say_to_each_other_between_answers_is_passed_over() -> None:
    turns = [SHIP, REPLY, Turn("user", "Marit, have you seen this?")]
    assert earlier_questions(turns) == [SHIP.content]
    assert resolved("and why?", turns).subjects == (SHIP.content,)


def test_citations_are_read_from_square_brackets_alone() -> None:
    assert cited_in("In 2008 [the year] it sank near Tokyo 3. [TOKYO 2367 ¶3] [TOKYO 2367 ¶4]") == (
        "the year ; TOKYO 2367 ¶3 ; TOKYO 2367 ¶4"
    )


def test_a_question_asked_once_more_is_new() -> None:
    asked = "What was agreed about silverfin?"
    turns = [Turn("user", asked), Turn("assistant", "Nothing. [QUILL 1 ¶1]")]
    assert resolved(asked, turns).kind == "new"
