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
            (),
        ),
        (
            "The ferry sank in 2006. Who was blamed, and since when was he on trial?",
            ("The ferry sank in 2006. Who was blamed", "since when was he on trial?"),
        ),
        (
            "Ostermere, early 2007: who resigned, and why did she?",
            ("Ostermere, early 2007: who resigned", "why did she?"),
        ),
        ("Tell me who resigned. And who was elected?", ("Tell me who resigned", "who was elected?")),
        ("What was promised? And when?", ()),
    ],
)
def test_a_question_is_taken_apart_where_it_asks_again(question: str, parts: tuple[str, ...]) -> None:
    assert question_parts(question) == parts


def test_a_long_chain_of_questions_gives_four_parts() -> None:
    assert len(question_parts("; and ".join(["what did the envoy say"] * 9))) == 4
