"""Text in both directions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.slack.markup import escaped, fallback, mentions, plain


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("<@UBOT> what of  it?", "what of it?"),
        ("ask <@U9|ann> in <#C1|general> <!here> <!subteam^S1|@team>", "ask ann in #general @team"),
        ("see <https://a.example/x|this> and <https://b.example>", "see this and https://b.example"),
        ("mail <mailto:a@b.example|a@b.example> on <!date^1^{date}|Monday>", "mail a@b.example on Monday"),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2 &amp;lt;", "1 < 2 && 3 > 2 &lt;"),
    ],
)
def test_typed_markup_is_read_as_plain_text(typed: str, read: str) -> None:
    assert plain(typed, "UBOT") == read


@given(st.text())
def test_escaped_text_comes_back(text: str) -> None:
    assert plain(escaped(text), "UBOT") == " ".join(text.split())


def test_broadcasts_are_broken_up() -> None:
    assert fallback("@here and you@here.example") != "@here and you@here.example"
    assert "@here" not in fallback("@here @HERE @everyone")


def test_mentions_are_found_in_order() -> None:
    assert mentions("<@U2|ann> and <@U1> in <#C1>") == ["U2", "U1"]
