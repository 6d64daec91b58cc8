import pytest

from rag.text.containment import is_contained

FULL = "On oil, Vell confirmed on May 4 that the islands would not raise the tariff but were open to talks."


@pytest.mark.parametrize(
    ("sentence", "contained"),
    [
        ("On oil, Vell confirmed on May 4 that the islands would not raise the tariff.", True),
        ("Vell again confirmed on May 4 that the islands would not raise the tariff on oil.", True),
        ("On oil, Vell confirmed on May 4 that the islands would raise the tariff.", False),  # says the opposite
        ("On oil, Vell confirmed on May 9 that the islands would not raise the tariff.", False),
        ("On oil, Oakes confirmed on May 4 that the islands would not raise the tariff.", False),
        ("Not the tariff.", False),
        ("The harpoonist was arrested at the fish market by a constable.", False),
    ],
)
def test_a_sentence_is_contained_when_nothing_that_counts_is_missing(sentence: str, contained: bool) -> None:
    assert is_contained(sentence, FULL) is contained
