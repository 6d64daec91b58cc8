import pytest

from rag.text.negation import NEGATOR, is_negated, may_deny


@pytest.mark.parametrize(
    "sentence",
    [
        "The fleet did not sail.",
        "Nobody sailed.",
        "It can’t sail.",
        "It didn,t sail.",
        "They were unable to sail.",
        "Neither sailed.",
    ],
)
def test_a_negated_sentence(sentence: str) -> None:
    assert is_negated(sentence)
    assert may_deny(sentence)


@pytest.mark.parametrize("sentence", ["He refused.", "They deny it.", "Only Hask sailed.", "It was ruled out."])
def test_words_of_refusal_may_deny_without_a_negation(sentence: str) -> None:
    assert not is_negated(sentence)
    assert may_deny(sentence)


@pytest.mark.parametrize("sentence", ["The fleet sailed.", "A notable knot held.", "The government agreed."])
def test_a_plain_statement_denies_nothing(sentence: str) -> None:
    assert not is_negated(sentence)
    assert not may_deny(sentence)


def test_a_negator_stands_before_what_it_negates() -> None:
    match = NEGATOR.search("They will not sail, and neither will we.")
    assert match is not None
    assert match.group() == "not"
    assert NEGATOR.search("Neither will sail.") is None


@pytest.mark.parametrize(
    ("question", "denied"),
    [
        ("Why did they refuse to sail?", True),
        ("Why did nobody sail?", True),
        ("Why did the sailing stop?", True),
        ("Why did the government sail?", False),
    ],
)
def test_a_question_that_takes_a_denial_for_granted(question: str, denied: bool) -> None:
    assert may_deny(question) is denied
