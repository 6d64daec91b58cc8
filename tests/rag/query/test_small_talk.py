import pytest

from rag.query.small_talk import small_talk


@pytest.mark.parametrize(
    ("words", "reply"),
    [("Hello there!", "Hello."), ("thanks a lot", "You are welcome."), ("What can you do?", "I answer questions")],
)
def test_words_that_ask_the_archive_nothing_are_answered_at_once(words: str, reply: str) -> None:
    assert (small_talk(words, 1200) or "").startswith(reply)


def test_the_reply_tells_how_much_the_archive_holds() -> None:
    assert "1,200 of them" in (small_talk("help", 1200) or "")


@pytest.mark.parametrize("words", ["Hello, who won?", "Help for the islanders was sent when?", "Who thanked them?"])
def test_a_question_is_no_small_talk(words: str) -> None:
    assert small_talk(words, 1) is None
