"""Typing errors."""

import pytest

from ingest.header.spelling import nearest, within


@pytest.mark.parametrize("typed", ["TOKOY", "TOKO", "TOKYOO", "TOKIO"])
def test_a_swap_insertion_deletion_or_substitution_is_one_error(typed: str) -> None:
    assert within(typed, "TOKYO", 1)
    assert not within(typed, "TOKYO", 0)


def test_the_only_nearest_word_is_found() -> None:
    assert nearest("BISHTEK", ["BISHKEK", "TOKYO"], 1) == "BISHKEK"
    assert nearest("BISHTEK", ["TOKYO"], 1) is None
    assert nearest("BERN", [], 1) is None


def test_two_words_equally_near_are_ambiguous_but_a_nearer_one_wins() -> None:
    assert nearest("BERLN", ["BERLIN", "BERN"], 1) is None
    assert nearest("LISBONN", ["LISBON", "LISBONNES"], 2) == "LISBON"
