from rag.domain.span import Span
from rag.index.word_matches import word_matches


def test_words_match_in_every_form_and_common_ones_do_not() -> None:
    text = "The quota was cut; quotas of the Bogotá fleet."
    assert word_matches("the quotas in Bogota", text) == [[Span(4, 9), Span(19, 25)], [Span(33, 39)]]
    assert word_matches("the ferry", text) == [] == word_matches("", text)
