import pytest

from rag.answers.question_match import content_tokens
from tests.rag.answers.word_tokens import match_of


def test_coverage_is_the_share_of_the_questions_tokens_found_there() -> None:
    match = match_of("harpoonist arrested Tuesday", "The harpoonist was arrested. It rained.")
    whole = match.tokens_between(0, 100)
    assert match.coverage([0, 1, 2], whole) == pytest.approx(2 / 3)
    assert match.coverage([2], whole) == 0
    second = match.paragraph.sentences[1]
    assert match.coverage([0, 1], match.tokens_between(second.start, second.end)) == 0


def test_a_word_of_the_cables_header_is_covered() -> None:
    match = match_of("harpoonist QUILL", "It rained.")
    assert match.coverage([1], match.tokens_between(0, 100)) == 1


def test_no_tokens_cover_nothing() -> None:
    match = match_of("harpoonist", "It rained.")
    assert match.coverage([0], match.tokens_between(500, 600)) == 0


def test_content_tokens_leave_function_words_out() -> None:
    tokens = match_of("Who was the harpoonist of Quill", "It rained.").question_tokens
    assert [tokens.words[at] for at in content_tokens(tokens)] == ["harpoonist", "quill"]
