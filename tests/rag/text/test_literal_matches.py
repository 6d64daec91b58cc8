"""Where a text holds what a scan looks for."""

import pytest

from rag.domain.scan_query import ScanTerm
from rag.text.literal_matches import covers, matches, stand_near
from rag.text.literal_words import literal_words

TEXT = "The Harbour bell rang; the harbor-master heard the bell, and the bells."


def found(*words: str, near: int | None = None) -> list[str]:
    return [span.of(TEXT) for span in matches(ScanTerm(words, near), literal_words(TEXT))]


def test_words_and_phrases_are_found_as_they_are_written() -> None:
    assert found("bell") == ["bell", "bell"]
    assert found("harbor", "master") == ["harbor-master"]
    assert found("bell", "and", "the") == ["bell, and the"]
    assert found("master", "harbor") == found("bells", "rang") == found("hear") == []


def test_the_beginning_of_a_word_is_found_anywhere_in_a_phrase() -> None:
    assert found("bell*") == ["bell", "bell", "bells"]
    assert found("har*", "bell") == ["Harbour bell"]
    assert found("the", "har*", "mas*") == ["the harbor-master"]


def test_words_near_each_other_are_found_one_by_one_in_any_order() -> None:
    assert found("rang", "harbour", near=1) == ["Harbour", "rang"]
    assert found("rang", "harbour", near=0) == []
    assert found("heard", "bell", near=1) == ["heard", "bell"]
    assert found("heard", "rang", "bell", near=4) == ["bell", "rang", "heard", "bell"]


@pytest.mark.parametrize(
    ("wanted", "text", "near"),
    [
        (["war", "war"], "war and peace", False),
        (["war", "war"], "war and war", True),
        (["nuc*", "nuclear"], "nuclear energy", False),
        (["nuc*", "nuclear"], "nuclear nucleus", True),
        (["n*", "nuc*", "nuclear"], "nuclear no nucleus", True),
        (["a", "b", "c"], "b x a c", True),
        (["a", "b", "c"], "b x y a c", False),
    ],
)
def test_each_wanted_word_has_a_place_of_its_own(wanted: list[str], text: str, near: bool) -> None:
    assert stand_near(wanted, literal_words(text), 1) is near


def test_a_beginning_covers_longer_words_and_beginnings() -> None:
    assert covers("wa*", "war") and covers("wa*", "war*") and covers("war", "war")
    assert not covers("war", "war*") and not covers("war*", "wa*") and not covers("war", "ward")
