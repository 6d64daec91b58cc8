import pytest

from rag.text.comments import is_all_comment, is_comment
from rag.text.sentences import sentence_spans


def commented(text: str, heading: str | None = None) -> list[str]:
    """The sentences of the text that are comment."""
    return [span.of(text) for span in sentence_spans(text) if is_comment(heading, text, span)]


@pytest.mark.parametrize("heading", ["COMMENT", "Comment: The Nets Tighten", "THE FLEET / EMBASSY COMMENT"])
def test_a_comment_heading_makes_the_whole_paragraph_a_comment(heading: str) -> None:
    text = "The Minister is overdrawn. Nobody lends."
    assert commented(text, heading) == ["The Minister is overdrawn.", "Nobody lends."]
    assert is_all_comment(heading, text)


@pytest.mark.parametrize("heading", [None, "THE FLEET", "Hask Comments on the Nets", "NO COMMENTARY"])
def test_other_headings_make_no_comment(heading: str | None) -> None:
    assert commented("The Minister is overdrawn.", heading) == []
    assert not is_all_comment(heading, "The Minister is overdrawn.")


def test_a_comment_ends_at_end_comment() -> None:
    text = "The Minister smiled. Comment: He is overdrawn. So is his brother. End comment. The fleet sailed home."
    assert commented(text)[-1] == "So is his brother."
    assert "The fleet sailed home." not in commented(text)
    assert not is_all_comment(None, text)


def test_a_comment_in_brackets_ends_at_its_own_bracket() -> None:
    text = "The Minister smiled. (Comment: The purse (his own) is empty.) The fleet sailed home."
    assert commented(text) == ["The purse (his own) is empty.)"]


def test_a_comment_without_an_end_runs_to_the_end_of_the_paragraph() -> None:
    text = "Comment: The purse is empty. Nobody lends."
    assert commented(text) == ["The purse is empty.", "Nobody lends."]
    assert is_all_comment(None, text)


def test_end_comment_as_the_last_words_belongs_to_the_comment() -> None:
    assert is_all_comment("COMMENT", "The purse is empty. End comment.")
    assert not is_all_comment("COMMENT", "The purse is empty. End comment. The fleet sailed home.")
