"""Marked spans of a paragraph."""

from api.web.spans import Piece, readable


def test_overlapping_spans_are_one_and_prose_is_folded() -> None:
    shown = readable("one two three four", "one two\nthree four", [(4, 7), (0, 5), (-3, 1), (99, 100)])
    assert shown.pieces == (Piece("one two", True), Piece(" three four", False))
    assert not shown.table


def test_bullets_keep_their_lines_and_their_marks() -> None:
    text, layout = "Points: - first goes on - second", "Points:\n\n- first\n  goes on\n- second"
    shown = readable(text, layout, [(8, 23)])
    assert "".join(piece.text for piece in shown.pieces) == "Points:\n- first goes on\n- second"
    assert [piece.text for piece in shown.pieces if piece.marked] == ["- first goes on"]


def test_a_layout_of_other_words_gives_way_to_the_text() -> None:
    shown = readable("a b", "a\n\n- c", [(2, 3)])
    assert shown.pieces == (Piece("a ", False), Piece("b", True))


def test_a_table_keeps_its_columns() -> None:
    text, layout = "almonds 12 14 sugar 3 4", "almonds     12     14\nsugar        3      4"
    shown = readable(text, layout, [(14, 19)])
    assert shown.table
    assert "".join(piece.text for piece in shown.pieces) == layout
    assert [piece.text for piece in shown.pieces if piece.marked] == ["sugar"]
