import pytest

from rag.errors import BadInput
from rag.query.query import MOST_CHARACTERS, checked


def test_a_question_loses_its_outer_white_space() -> None:
    assert checked("  Who won?\n") == "Who won?"


@pytest.mark.parametrize(("question", "reason"), [(" \n", "empty"), ("x" * (MOST_CHARACTERS + 1), "4,001 characters")])
def test_an_unusable_question_is_refused(question: str, reason: str) -> None:
    with pytest.raises(BadInput, match=reason):
        checked(question)
