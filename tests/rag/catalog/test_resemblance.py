import numpy as np
import pytest

from rag.catalog.resemblance import SAME_TEXT, bands, resemblance, shingles

_WORDS = [f"word{number}" for number in range(400)]


def _text(changed: int = 0) -> str:
    words = list(_WORDS)
    for place in range(0, len(words), len(words) // changed) if changed else ():
        words[place] = "other"
    return " ".join(words)


def test_case_punctuation_and_lines_do_not_count() -> None:
    assert np.array_equal(shingles("The lamp, at\nGannet Rock (sic)!"), shingles("the LAMP at Gannet Rock sic"))
    assert not np.array_equal(shingles("the lamp at gannet rock"), shingles("the rock at gannet lamp"))


def test_resemblance_is_the_share_of_common_five_grams() -> None:
    one, other = shingles("a b c d e f g"), shingles("a b c d e f x")
    assert (len(one), len(other)) == (3, 3)
    assert resemblance(one, other) == pytest.approx(2 / 4)
    assert resemblance(shingles(""), shingles("")) == 0


def test_short_texts_are_compared_whole() -> None:
    assert resemblance(shingles("No lamp today."), shingles("NO LAMP TODAY")) == 1
    assert resemblance(shingles("No lamp today."), shingles("No lamp yesterday.")) == 0


@pytest.mark.parametrize("changed", [1, 4, 12])
def test_texts_alike_share_a_band(changed: int) -> None:
    one, other = shingles(_text()), shingles(_text(changed))
    assert resemblance(one, other) > SAME_TEXT
    assert set(bands(one)) & set(bands(other))


def test_other_texts_share_none_and_bands_fit_a_database() -> None:
    found = bands(shingles(_text()))
    assert len(set(found)) == 16
    assert all(-(2**63) <= band < 2**63 for band in found)
    assert not set(found) & set(bands(shingles(" ".join(reversed(_WORDS)))))
    assert bands(shingles("...")) == []


def test_bands_are_the_same_in_every_process() -> None:
    assert bands(shingles("the lamp at gannet rock"))[:2] == [407760042550317286, -85105998869458634]
