import pytest

from rag.answers.missing_number import asks_quantity, quantity_coverage
from tests.rag.answers.word_tokens import match_of

QUESTION = "How many skippers signed the letter?"


@pytest.mark.parametrize(
    ("question", "quantity"),
    [
        (QUESTION, True),
        ("What share of the catch was sold?", True),
        ("How much did the lamp cost?", True),
        ("Who signed the letter?", False),
        ("How did they sign?", False),
    ],
)
def test_questions_for_a_number_are_known(question: str, quantity: bool) -> None:
    assert asks_quantity(question) is quantity


def test_a_number_of_the_thing_asked_about_covers_the_question() -> None:
    there = quantity_coverage([match_of(QUESTION, "In all 41 skippers signed the letter.")])
    elsewhere = quantity_coverage([match_of(QUESTION, "The skippers signed the letter. Then 41 gulls came.")])
    assert there == pytest.approx(1.8)
    assert elsewhere < there


@pytest.mark.parametrize("text", ["Skippers signed the letter on May 4.", "Skippers signed the letter in 2008.", ""])
def test_a_date_is_no_quantity(text: str) -> None:
    assert quantity_coverage([match_of(QUESTION, text)]) == 0


def test_a_price_is_asked_in_money() -> None:
    question = "How much did skippers pay for lamp oil?"
    assert quantity_coverage([match_of(question, "The skippers pay for 41 cans of lamp oil.")]) == 0
    assert quantity_coverage([match_of(question, "The skippers pay 41 dollars for lamp oil.")]) > 0
