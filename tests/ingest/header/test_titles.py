"""Words of titles, told from names."""

import pytest

from ingest.header.titles import is_place, is_surname_too, is_symbol, is_title_word


@pytest.mark.parametrize(
    "word", "Ambassador DCM PolMinCouns EconOff d'Affaires Chargé Couselor Cheif A/DCM NEA/DAS Pol-Econ".split()
)
def test_title_words(word: str) -> None:
    assert is_title_word(word)


@pytest.mark.parametrize("word", "Zumwalt ROE Schieffer Averstrand O'Roe".split())
def test_names_are_no_title_words(word: str) -> None:
    assert not is_title_word(word)


def test_symbols_surnames_and_places() -> None:
    assert is_symbol("NEA") and not is_symbol("ROE")
    assert is_surname_too("Major") and not is_surname_too("Officer")
    assert is_place("Tokyo") and not is_place("Roe")
    assert is_place("Jordan", certain=True) and not is_place("Jordan")
