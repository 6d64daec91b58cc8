"""The visible text of HTML."""

from ingest.formats.html_text import element_text, markup_to_text, parse_html, visible_lines


def test_blocks_and_breaks_are_lines() -> None:
    root = parse_html(
        "<html><head><title>T</title><style>p{}</style></head><p>One <b>lamp</b></p>two<br>three<script>x</script>"
    )
    assert root is not None
    assert [line for line in visible_lines(root) if line] == ["One lamp", "two", "three"]
    assert "T" in element_text(root)


def test_only_markup_is_undone() -> None:
    assert markup_to_text("a < b and c > d &amp; e <br> f") == "a < b and c > d &amp; e <br> f"
    assert markup_to_text("<p>a &amp; b</p><p>c</p>").split() == ["a", "&", "b", "c"]
