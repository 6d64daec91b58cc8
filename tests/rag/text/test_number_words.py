import re

import pytest

from rag.text.number_words import FIGURES, QUANTITY


@pytest.mark.parametrize(
    ("word", "figure"),
    [("zero", "0"), ("one", "1"), ("twelve", "12"), ("nineteen", "19"), ("twenty", "20"), ("ninety", "90"),
     ("dozen", "12"), ("million", "1000000"), ("third", "3"), ("half", "0.5")],
)  # fmt: skip
def test_a_number_word_has_its_figure(word: str, figure: str) -> None:
    assert FIGURES[word] == figure


@pytest.mark.parametrize("word", ["two", "fifteen", "seventy", "dozens", "thousand", "half", "quarter", "percent"])
def test_words_of_quantity(word: str) -> None:
    assert re.fullmatch(QUANTITY, word)


@pytest.mark.parametrize("word", ["one", "second", "zero", "often"])
def test_words_of_no_quantity(word: str) -> None:
    assert not re.fullmatch(QUANTITY, word)
