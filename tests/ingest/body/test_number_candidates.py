"""Lines that may start a paragraph."""

import pytest

from ingest.body.number_candidates import NumberCandidate, find_candidates, opens_paragraph


def _one(line: str, above: str = "") -> NumberCandidate:
    (candidate,) = find_candidates([above, line], 1) if not above else find_candidates([above, line])
    return candidate


@pytest.mark.parametrize(
    ("line", "number", "after_pilcrow", "marking", "text"),
    [
        ("1. (C) The lamp", 1, 0, "C", "The lamp"),
        ("¶12. The lamp", 12, 0, None, "The lamp"),
        ("13. (S//NF) The lamp", 13, 3, "S//NF", "The lamp"),
        ("1234. (C) The lamp", 0, 234, "C", "The lamp"),
        ("(2) (U) The lamp", 2, 0, "U", "The lamp"),
        ("2. C) The lamp", 2, 0, "C", "The lamp"),
        ("2. (China) The lamp", 2, 0, None, "(China) The lamp"),
    ],
)
def test_parts_of_a_candidate(line: str, number: int, after_pilcrow: int, marking: str | None, text: str) -> None:
    candidate = _one(line)
    assert (candidate.number, candidate.after_pilcrow, candidate.marking) == (number, after_pilcrow, marking)
    assert line[candidate.text_start :] == text


@pytest.mark.parametrize(
    "line", ["3,500 lamps", "10, 2006 the lamp", "2.5 lamps", "2006 lamps", "The 1. lamp", "0. lamp"]
)
def test_other_numbers_are_no_candidates(line: str) -> None:
    assert find_candidates([line]) == []


def test_the_line_above_weighs() -> None:
    line = "2. The lamp"
    sentence_end = _one(line, "It is lit.").weight
    within_sentence = _one(line, "The keeper of the lamp, who was asked to stay for").weight
    assert _one(line).weight > sentence_end > within_sentence
    assert _one("2. (C) The lamp", "It is lit.").weight > sentence_end


@pytest.mark.parametrize(
    ("line", "opens"),
    [("1. Lamp", True), ("2. Lamp", False), ("¶2. Lamp", True), ("2. (C) Lamp", True), ("1) Lamp", False)],
)
def test_a_line_alone_opens_a_paragraph_by_marking_pilcrow_or_one(line: str, opens: bool) -> None:
    assert opens_paragraph(line) is opens
