import pytest

from rag.query.phrasing import CONTENT, PhrasingReader, fitted_models

POSTS = {"QUILL", "PORTZEPHYR"}


@pytest.mark.parametrize(
    ("question", "kind", "topic"),
    [
        ("which quill cables have to do with the tariff on lantern oil", "list", "tariff on lantern oil"),
        ("How many dispatches mention Orskov?", "count", "Orskov"),
        ("Newest dispatch about eel traps?", "latest", "eel traps"),
        ("What topics recur most in Port Zephyr's telegrams of 2007?", "topics", None),
        ("Who signs most of the cables from Quill?", "by_signer", None),
        ("What did the harbour master say about the eel traps?", CONTENT, None),
        ("What does § tell about eel traps?", "in_cable", "eel traps"),
        ("§: classification?", "field:classification", None),
        ("the gist of §, section by section", "summary", None),
    ],
)
def test_kinds_and_topics(phrasings: PhrasingReader, question: str, kind: str, topic: str | None) -> None:
    read = phrasings.read(question, POSTS)
    assert read.kind == kind and read.confidence > 0.4
    if kind != CONTENT:
        assert (read.topic and read.topic.of(question).removeprefix("the ")) == topic


def test_a_signer_is_no_topic(phrasings: PhrasingReader) -> None:
    question = "How many cables did Ambassador Starkey sign?"
    read = phrasings.read(question, POSTS)
    assert read.signer is not None and read.topic is None
    assert "Starkey" in read.signer.of(question)


def test_the_topic_of_a_preamble_gives_way_to_that_of_the_question(phrasings: PhrasingReader) -> None:
    question = "I am writing about a coup. Which documents mention Orskov?"
    read = phrasings.read(question, POSTS)
    assert read.topic is not None and read.topic.of(question) == "Orskov"


def test_nothing_at_all_is_content(phrasings: PhrasingReader) -> None:
    assert phrasings.read("?", POSTS).topic is None


def test_every_kind_of_the_models_is_answered() -> None:
    models = fitted_models()
    assert CONTENT in models.of_archive.classes and CONTENT not in models.of_cable.classes
    assert models.words < models.heard
