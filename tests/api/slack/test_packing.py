"""Text cut to limits."""

from hypothesis import given
from hypothesis import strategies as st

from api.slack.markup import units
from api.slack.packing import packed, shortened


@given(st.lists(st.text(alphabet=st.sampled_from("ab. <&@é漢😀\n")).map(lambda text: text * 9)), st.integers(12, 60))
def test_packing_keeps_every_word_within_the_limit(pieces: list[str], limit: int) -> None:
    texts = packed(pieces, limit)
    assert all(units(text) <= limit for text in texts)
    assert "".join("".join(texts).split()) == "".join("".join(pieces).split())


def test_packing_cuts_between_sentences() -> None:
    assert packed(["The first one. The second one.", "A third."], 20) == [
        "The first one.",
        "The second one.",
        "A third.",
    ]
    assert shortened("The first one. The second one.", 20) == "The first one. …"
