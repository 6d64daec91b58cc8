"""A short stretch of a text around what was found in it."""

from rag.domain.scan_query import ScanTerm
from rag.text.literal_matches import matches
from rag.text.literal_words import literal_words
from rag.text.snippet import snippet_of

PADDING = "nothing of the kind was said there " * 20


def around(text: str, *words: str) -> tuple[str, list[str]]:
    found = [matches(ScanTerm((word,)), literal_words(text)) for word in words]
    snippet, spans = snippet_of(text, found)
    return snippet, [span.of(snippet) for span in spans]


def test_a_short_text_is_its_own_snippet() -> None:
    assert around("A bell, a Bell.", "bell") == ("A bell, a Bell.", ["bell", "Bell"])


def test_a_snippet_is_verbatim_in_whole_words() -> None:
    text = f"{PADDING}the bell rang {PADDING}"
    snippet, spans = around(text, "bell")
    assert snippet in text and spans == ["bell"] and 180 < len(snippet) <= 260
    assert f" {snippet} " in text


def test_a_match_at_the_end_has_words_before_it() -> None:
    snippet, spans = around(f"{PADDING}bell", "bell")
    assert snippet.endswith(" bell") and spans == ["bell"] and len(snippet) > 200


def test_the_stretch_with_most_of_the_terms_is_shown() -> None:
    snippet, spans = around(f"bell {PADDING}bell and rope {PADDING}bell and rope", "bell", "rope")
    assert spans == ["bell", "rope"] and not snippet.startswith("bell")


def test_a_long_match_is_whole_and_overlapping_matches_are_one() -> None:
    text = f"{PADDING}{PADDING}"
    whole = matches(ScanTerm(tuple(PADDING.split())), literal_words(text))
    snippet, spans = snippet_of(text, [whole, matches(ScanTerm(("said",)), literal_words(text))])
    assert len(spans) == 1 and spans[0].of(snippet) == PADDING.strip()


def test_a_text_that_no_longer_holds_a_match_is_shown_from_its_beginning() -> None:
    snippet, spans = around(PADDING, "bell")
    assert PADDING.startswith(snippet) and spans == [] and len(snippet) <= 240
