"""What a sentence denies of its question."""

import pytest

from rag.answers.premise_denial import PremiseDenial, denied_words
from rag.index.lexical_documents import analyzer

QUESTION = "Why did Novak refuse to sign for the crates that the port received?"


def denial_of(sentence: str, *sources: str) -> PremiseDenial | None:
    return PremiseDenial.of(sentence, QUESTION, sources, analyzer().analyze)


@pytest.mark.parametrize(
    ("sentence", "instead"),
    [
        ("He did not refuse: Varga says that he went home.", "Varga says that he went home."),
        ("They didn't say that he would refuse; he went home.", "he went home."),
        ("No port received the crates: they sank.", "they sank."),
        ("The sources do not say that he refused: he went home.", "he went home."),
    ],
)
def test_a_denial_of_the_question_says_what_was_so_instead(sentence: str, instead: str) -> None:
    denial = denial_of(sentence, "Emil Novak went home.", "The ship sank.")
    assert denial is not None and denial.instead == instead


@pytest.mark.parametrize(
    "sentence",
    [
        "The sources do not sign this: he went home.",  # what they do is not what the question says
        "He did not vanish: he went home.",
        "He refused: he went home.",
        "He did not refuse.",
        "He did not refuse: he refused to speak.",
        "He did not refuse: he never spoke.",
        "There is no doubt that he refused: he went home.",
        "It is not so that he did not refuse: he went home.",
        "It was not Novak: he went home.",
    ],
)
def test_other_sentences_are_none(sentence: str) -> None:
    assert denial_of(sentence, "Emil Novak went home.") is None


@pytest.mark.parametrize(
    ("source", "denied"),
    [
        ("Novak refused on Tuesday.", False),
        ("Novak never refused.", True),
        ("The port received the crates.", True),  # of a clause, only what follows its verb is denied
        ("Novak came to sign.", False),
    ],
)
def test_what_a_source_says_cannot_be_denied(source: str, denied: bool) -> None:
    assert (denial_of("He did not say that the port would refuse to sign: he went home.", source) is not None) is denied


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Novak did not refuse: he went home.", {"Novak", "did", "refuse"}),
        ("The sources do not mention Novak.", {"Novak"}),
        ("It was not Novak but Varga who signed.", {"Novak"}),
        ("Novak signed for the crates.", set()),
    ],
)
def test_the_words_denied_are_the_questions(sentence: str, found: set[str]) -> None:
    assert {word.strip(".:") for word in denied_words(sentence, QUESTION, denial_of(sentence)).split()} == found
