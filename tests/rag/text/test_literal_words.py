"""The words of a text as a scan compares them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.literal_words import literal_text, literal_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Cafés of BOGOTÁ", "the cafes of bogota"),
        ("al-Qa'ida's U.S. cell", "al qa ida s u s cell"),
        ("e\u0301tat Łódź Straße", "etat lodz strasse"),
        ("10,000 tons; 50% of_it", "10 000 tons 50 of it"),
        ("Москва", "москва"),
        ("-- ... \u0301", ""),
    ],
)
def test_words_are_letters_and_digits_without_case_and_accents(text: str, words: str) -> None:
    assert literal_text(text) == words


@given(st.text())
def test_each_word_has_letters_without_blanks_and_its_place(text: str) -> None:
    words = literal_words(text)
    assert literal_text(text).split() == [word.letters for word in words]
    for word in words:
        assert literal_text(text[word.start : word.end]) == word.letters
