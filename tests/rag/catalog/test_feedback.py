from collections.abc import Callable
from itertools import count

import pytest

from rag.catalog.catalog import Catalog
from rag.catalog.feedback import Feedback, FeedbackVerdict
from rag.errors import BadInput

NANOSECONDS = 1_000_000_000


@pytest.fixture
def feedback(catalog: Catalog) -> Feedback:
    seconds = count(1_200_000_000)
    clock: Callable[[], int] = lambda: next(seconds) * NANOSECONDS  # noqa: E731 - one second a call
    return Feedback(catalog, clock)


def test_the_citations_of_an_approved_answer_become_gold(feedback: Feedback) -> None:
    feedback_id = feedback.add(FeedbackVerdict("Who?", "up", "good", ("08QUILL12#1", "08quill12#2"), "The keeper."))
    assert feedback.candidates() == [
        {
            "id": f"feedback-{feedback_id}",
            "type": "fact",
            "question": "Who?",
            "gold": [["08QUILL12#1"], ["08QUILL12#2"]],
            "facts": [],
            "answer": "The keeper.",
            "verdict": "up",
            "reason": "good",
            "cited": ["08QUILL12#1", "08QUILL12#2"],
            "given": "2008-01-10T21:20:00Z",
        }
    ]


def test_a_rejected_answer_has_no_gold(feedback: Feedback) -> None:
    feedback.add(FeedbackVerdict("Who?", "down", citations=("08QUILL12#1",)))
    assert [(each["gold"], each["cited"], each["answer"]) for each in feedback.candidates()] == [
        ([], ["08QUILL12#1"], "")
    ]


def test_candidates_come_oldest_first_and_by_verdict(feedback: Feedback) -> None:
    for question, verdict in (("A?", "up"), ("B?", "down"), ("C?", "up")):
        feedback.add(FeedbackVerdict(question, verdict))
    assert [candidate["question"] for candidate in feedback.candidates()] == ["A?", "B?", "C?"]
    assert [candidate["question"] for candidate in feedback.candidates("up")] == ["A?", "C?"]


def test_a_nul_is_removed_from_text(feedback: Feedback) -> None:
    feedback.add(FeedbackVerdict("Wh\0o?", "up", answer="\0"))
    assert [(candidate["question"], candidate["answer"]) for candidate in feedback.candidates()] == [("Who?", "")]


def test_a_citation_that_is_no_key_is_refused(feedback: Feedback) -> None:
    with pytest.raises(BadInput, match="not a paragraph key"):
        feedback.add(FeedbackVerdict("Who?", "up", citations=("QUILL 12",)))
    assert feedback.candidates() == []
