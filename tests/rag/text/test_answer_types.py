import pytest

from rag.text.answer_types import answer_type


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("How many ferries were late?", "number"),
        ("What percent of the fleet sailed?", "number"),
        ("When did the pilots strike?", "time"),
        ("Which year was the pier built?", "time"),
        ("Why did the guild object?", "reason"),
        ("On what grounds was it delayed?", "reason"),
        ("Who signed the charter?", "person"),
        ("Where does the fleet lie?", "place"),
    ],
)
def test_a_question_asks_for_a_kind_of_answer(question: str, name: str) -> None:
    kind = answer_type(question)
    assert kind is not None
    assert kind.name == name


def test_a_question_may_ask_for_no_known_kind() -> None:
    assert answer_type("Describe the harbour.") is None


@pytest.mark.parametrize(
    ("question", "sentence", "stated"),
    [
        ("How many ferries were late?", "Thirteen ferries were late.", True),
        ("How many ferries were late?", "The ferries were late.", False),
        ("When did the pilots strike?", "The pilots struck in May.", True),
        ("Why did the guild object?", "It objected because the berths were lost.", True),
        ("Why did the guild object?", "It objected to the berths.", False),
        ("Who signed the charter?", "Then Starkey signed it.", True),
        ("Where does the fleet lie?", "It lies off Quillhaven.", True),
    ],
)
def test_a_sentence_states_the_kind_of_answer_or_not(question: str, sentence: str, stated: bool) -> None:
    kind = answer_type(question)
    assert kind is not None
    assert kind.is_stated(sentence, question) is stated


def test_what_the_question_contains_itself_is_no_answer() -> None:
    question = "When in May 2007 did the pilots strike?"
    kind = answer_type(question)
    assert kind is not None
    assert not kind.is_stated("The pilots struck in May 2007.", question)
    assert kind.is_stated("The pilots struck on a Tuesday in May 2007.", question)
