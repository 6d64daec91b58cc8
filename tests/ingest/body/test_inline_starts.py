"""Paragraphs and headings that start within a line."""

from ingest.body.inline_starts import split_inline_starts
from tests.ingest.invented import texts


def test_breaks_are_counted_and_can_be_left_out() -> None:
    lines = ["It is lit. 2. (C) It rings. 3. (U) It ends."]
    assert split_inline_starts(lines) == (["It is lit.", "2. (C) It rings.", "3. (U) It ends."], {1: 1, 2: 2})
    assert split_inline_starts(lines, {1})[0] == ["It is lit. 2. (C) It rings.", "3. (U) It ends."]


def test_only_a_marking_after_a_sentence_breaks_a_line() -> None:
    lines = ["It is lit. 2. (China) It rings.", "the lamp 2. (C) rings", "It is lit. 2. It rings."]
    assert split_inline_starts(lines) == (lines, {})


def test_an_underlined_heading_at_the_end_of_a_line_is_broken_off() -> None:
    assert split_inline_starts(["The lamp is lit. WHO PAYS --------"])[0] == ["The lamp is lit.", "WHO PAYS --------"]


def test_paragraph_within_a_line() -> None:
    body = "1. (C) The lamp is lit. 2. (C) The bell rings. 3. (U) The keeper sleeps.\n\n4. (C) Nothing else.\n"
    assert texts(body) == {
        "1": "The lamp is lit.", "2": "The bell rings.", "3": "The keeper sleeps.", "4": "Nothing else.",
    }  # fmt: skip
