from evals.attribution import contained_paragraphs, grams

# 14 words, so ten 5-grams: half of them takes five, which are words 1 to 9.
WORDS = [f"w{number}" for number in range(1, 15)]
PARAGRAPH = [("A#1", grams(" ".join(WORDS)))]


def test_half_of_the_grams_suffices_and_less_does_not() -> None:
    assert len(PARAGRAPH[0][1]) == 10
    assert contained_paragraphs(" ".join(WORDS[:9]), PARAGRAPH) == ("A#1",)
    assert contained_paragraphs(" ".join(WORDS[:8]), PARAGRAPH) == ()
    assert contained_paragraphs("other words before " + " ".join(WORDS[5:]) + " and after", PARAGRAPH) == ("A#1",)


def test_words_in_another_order_do_not_count() -> None:
    assert contained_paragraphs(" ".join(reversed(WORDS)), PARAGRAPH) == ()


def test_case_line_breaks_and_punctuation_do_not_matter() -> None:
    assert contained_paragraphs(",\n".join(WORDS).upper(), PARAGRAPH) == ("A#1",)


def test_one_chunk_may_hold_several_paragraphs() -> None:
    paragraphs = [("A#1", grams("one two three four five six")), ("A#2", grams("seven eight nine ten eleven"))]
    chunk = "1. One two three four five six.\n\n2. Seven eight nine ten eleven."
    assert contained_paragraphs(chunk, paragraphs) == ("A#1", "A#2")


def test_a_short_paragraph_counts_whole_and_an_empty_one_never() -> None:
    assert grams("") == frozenset()
    assert contained_paragraphs("at the end: End Summary. Then more", [("A#1", grams("End summary."))]) == ("A#1",)
    assert contained_paragraphs("the end of the summary", [("A#1", grams("End summary."))]) == ()
    assert contained_paragraphs("anything", [("A#1", grams("-- "))]) == ()
