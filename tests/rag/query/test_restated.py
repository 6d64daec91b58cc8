import pytest

from rag.query.restated import restatements


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("I am writing about a coup. Which documents mention Zelaya?", "Which documents mention Zelaya?"),
        ("Zelaya: which embassies reported on him?", "which embassies reported on Zelaya"),
        ("Ann and Bob together: how many cables name the two of them?", "how many cables name Ann and Bob"),
        ("08QUILL62: which tags?", "which tags of 08QUILL62"),
        ("I'm counting: how many cables are there?", "how many cables are there?"),
    ],
)
def test_a_question_has_a_plainer_form(question: str, form: str) -> None:
    forms = list(restatements(question))
    assert forms[0] == question and form in forms


def test_two_questions_stay_two() -> None:
    assert list(restatements("Who won? Who lost?")) == ["Who won? Who lost?"]
