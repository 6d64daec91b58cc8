"""Abbreviations explained in brackets."""

import pytest

from rag.text.abbreviations import Abbreviation, abbreviations_in, is_abbreviation


def test_the_words_in_front_have_the_initials() -> None:
    text = "He met the Congress of South African Trade Unions (COSATU) and Sheikh Mohammed bin Zayed (MbZ)."
    assert list(abbreviations_in(text)) == [
        Abbreviation("COSATU", "Congress of South African Trade Unions"),
        Abbreviation("MbZ", "Mohammed bin Zayed"),
    ]


@pytest.mark.parametrize("text", ["The ferry (MFA) is late.", "He spoke (see REF), left (Vigo) and slept (AB)."])
def test_brackets_without_the_initials_explain_nothing(text: str) -> None:
    assert list(abbreviations_in(text)) == []


def test_an_abbreviation_has_two_capitals() -> None:
    assert is_abbreviation("MbZ") and is_abbreviation("MFA")
    assert not is_abbreviation("Merkel") and not is_abbreviation("A")
