"""Lines that are not running text."""

import pytest

from ingest.body.line_patterns import LABEL, is_banner, is_rule, is_stamp


@pytest.mark.parametrize("line", ["----", "- - - -", "=====", "~~~~", " * * * "])
def test_rules(line: str) -> None:
    assert is_rule(line)


@pytest.mark.parametrize("line", ["--", "-- a", "", "1. ---"])
def test_no_rules(line: str) -> None:
    assert not is_rule(line)


@pytest.mark.parametrize(
    ("line", "banner"),
    [
        ("C O N F I D E N T I A L SECTION 02 OF 03 TOKYO 002340", True),
        ("UNCLAS TOKYO 002340", True),
        ("SECRET//NOFORN SECTION 1 OF 2", True),
        ("SECRET TALKS WENT ON", False),
        ("CONFIDENTIAL", False),
    ],
)
def test_a_banner_has_a_serial_or_a_section(line: str, banner: bool) -> None:
    assert is_banner(line) is banner


@pytest.mark.parametrize(
    ("line", "stamp"),
    [("CONFIDENTIAL", True), ("NNNN", True), ("BT", True), ("#1234", True), ("Confidential talks", False)],
)
def test_stamps(line: str, stamp: bool) -> None:
    assert is_stamp(line) is stamp


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("E.O. 12958: N/A", "order"), ("TAGS: PREL", "tags"), ("SUBJ: LAMPS", "subject"), ("REFTEL: STATE 1", "reference"),
        ("Classified By: Roe", "classified"), ("Reasons: 1.4", "reason"), ("SUBJECT MATTER", None), ("REFINERY", None),
    ],
)  # fmt: skip
def test_labels(line: str, label: str | None) -> None:
    match = LABEL.match(line)
    assert (match.lastgroup if match else None) == label
