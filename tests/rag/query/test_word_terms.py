import pytest

from rag.query.word_terms import WordTerm, mentioned_terms, topic_terms


@pytest.mark.parametrize(
    ("words", "groups"),
    [
        ("Merkel", (("Merkel",),)),
        ("Merkel and Sarkozy", (("Merkel",), ("Sarkozy",))),
        ("either Merkel or President Sarkozy", (("Merkel", "Sarkozy"),)),
        ('"missile shield"', (("missile shield",),)),
        ("the harbor master's", (("harbor master",),)),
    ],
)
def test_words_that_are_mentioned_are_read_as_written(words: str, groups: tuple[tuple[str, ...], ...]) -> None:
    assert mentioned_terms(words) == tuple(tuple(map(WordTerm, group)) for group in groups)


def test_a_topic_has_names_as_written_and_other_words_in_any_form() -> None:
    assert topic_terms("the sale of ships to Hugo Chavez") == (
        (WordTerm("sale", exact=False),),
        (WordTerm("ships", exact=False),),
        (WordTerm("Hugo Chavez"),),
    )
    assert topic_terms("the matter of its") == ()
