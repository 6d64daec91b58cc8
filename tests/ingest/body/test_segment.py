"""The two forms of a segment's text."""

from ingest.body.segment import fold, has_text, lay_out


def test_layout_keeps_lines_but_no_trailing_space_and_single_blank_lines() -> None:
    assert lay_out(["", "  The lamp  ", "", " ", "   is lit. ", ""]) == "The lamp\n\n   is lit."


def test_layout_drops_pilcrows_before_wrapped_numbers() -> None:
    assert lay_out(["on June", "¶30. to be paid", "a ¶ stays"]) == "on June\n30. to be paid\na ¶ stays"


def test_folding_joins_lines_with_one_space() -> None:
    assert fold("The lamp\n\n   is\tlit.") == "The lamp is lit."


def test_rules_and_underscores_are_no_text() -> None:
    assert has_text(["--", "é"])
    assert not has_text(["--", "__", ""])
