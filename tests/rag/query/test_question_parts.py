import pytest

from rag.query.question_parts import question_parts


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Who was blamed for the fire?", ()),
        ("What did Orlen and Vasko agree on?", ()),
        ("How many were killed, and who was blamed?", ("How many were killed", "who was blamed?")),
        ("Which makers did he visit and in which city?", ("Which makers did he visit", "in which city?")),
        (
            "The ferry sank in 2006. What had the harbour done?",
            ("The ferry sank in 2006", "What had the harbour done?"),
        ),
        ("What was promised? And when?", ()),
    ],
)
def test_a_question_is_taken_apart_where_it_asks_again(question: str, parts: tuple[str, ...]) -> None:
    assert question_parts(question) == parts


def test_a_long_chain_of_questions_gives_four_parts() -> None:
    assert len(question_parts("; and ".join(["what did the envoy say"] * 9))) == 4
