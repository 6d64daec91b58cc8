import pytest

from rag.answers.deduplicate import deduplicated, is_contained
from rag.domain.retrieved_paragraph import QuotedSpan
from rag.domain.span import Span
from tests.rag.samples import make_retrieved

FULL = "On oil, Vell confirmed on May 4 that the islands would not raise the tariff but were open to talks."


def quoted(key: str, text: str) -> QuotedSpan:
    return QuotedSpan(make_retrieved(key, text), Span(0, len(text)))


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


def test_a_summary_and_what_it_sums_up_are_told_once() -> None:
    short = quoted("08QUILL1#1", "On oil, Vell confirmed on May 4 that the islands would not raise the tariff.")
    other = quoted("08QUILL1#2", "The harpoonist was arrested at the fish market by a constable.")
    full, elsewhere = quoted("08QUILL1#7", FULL), quoted("08GANNET2#7", FULL)
    assert deduplicated([short, other, full]) == [[full, short], [other]]
    assert deduplicated([full], others=[other, short, elsewhere]) == [[full, short]]
    assert deduplicated([short, elsewhere]) == [[short], [elsewhere]], "another cable is another source"
