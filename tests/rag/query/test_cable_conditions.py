import pytest

from rag.domain.filters import Filters
from rag.query.cable_conditions import CableConditions, read_conditions
from rag.query.word_terms import WordTerm

POSTS = {"QUILL": "QUILL"}


def test_conditions_words_and_topics_are_read_together() -> None:
    quill = Filters.of(["QUILL"])
    assert read_conditions("from Quill that mention Morales", POSTS) == CableConditions(
        quill, ((WordTerm("Morales"),),)
    )
    assert read_conditions("about lamps from Quill", POSTS) == CableConditions(
        quill, ((WordTerm("lamps", exact=False),),), "lamps"
    )
    assert read_conditions("", POSTS, "the Quill") == CableConditions(quill)


@pytest.mark.parametrize(
    "text",
    [
        "from Quill that Manning leaked",
        "from Atlantis",
        "about the lamp, who is said to have lit it",
        "mention why the lamp went out",
        "sent to Quill",
    ],
)
def test_words_that_are_not_understood_make_no_conditions(text: str) -> None:
    assert read_conditions(text, POSTS) is None
