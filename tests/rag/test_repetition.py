import pytest

from rag.repetition import Told, is_held, told_once
from rag.sentences import Span
from tests.rag.samples import make_passage

FULL = "On oil, Vell confirmed on May 4 that the islands would not raise the tariff but were open to talks."


def told(key: str, text: str) -> Told:
    return make_passage(key, text), Span(0, len(text))


@pytest.mark.parametrize(
    ("sentence", "held"),
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
def test_a_sentence_is_held_when_nothing_that_counts_is_missing(sentence: str, held: bool) -> None:
    assert is_held(sentence, FULL) is held


def test_a_summary_and_what_it_sums_up_are_told_once() -> None:
    short = told("08QUILL1#1", "On oil, Vell confirmed on May 4 that the islands would not raise the tariff.")
    other = told("08QUILL1#2", "The harpoonist was arrested at the fish market by a constable.")
    full, elsewhere = told("08QUILL1#7", FULL), told("08GANNET2#7", FULL)
    assert told_once([short, other, full]) == [[full, short], [other]]
    assert told_once([full], beside=[other, short, elsewhere]) == [[full, short]]
    assert told_once([short, elsewhere]) == [[short], [elsewhere]], "another cable is another source"
