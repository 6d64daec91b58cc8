"""The summary, compared without regard to white space."""

import pytest

from ingest.fields import parse_summary


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("1. (C) Summary. Dues rose. End Summary.\n\n2. (C) Text.", "Dues rose."),
        ("1. (C) SUMMARY: Dues\nrose.\n\n2. (C) Text.", "Dues rose."),
        ("1.(C/NF) Summary and Comment: Dues rose. END\nSUMMARY AND COMMENT.", "Dues rose."),
        ("SUMMARY\n-------\n\n1. (C) Dues rose.\nEnd Summary.\n\nMORE\n----", "Dues rose."),
        ("Summary -------\n\n2. (C) Dues rose. End Summary", "Dues rose."),
        (
            "SUMMARY\n-------\n\n1. (C) Dues rose.\n\n2. (C) Fees fell.\n\nMORE\n----\n\n3. (C) Text.",
            "Dues rose.\nFees fell.",
        ),
        ("1. (C) Dues rose. END SUMMARY.\n\n2. (C) Text.", "Dues rose."),
        ("1. On 28 July\ndues rose. End\nSummary.\n", "On 28 July dues rose."),
        (
            "1. (C) SUMMARY: Dues rose:\n\n-- by half;\n\nand fees fell. End summary",
            "Dues rose:\n-- by half;\nand fees fell.",
        ),
        (
            "1. (C) Summary. Dues rose.\n\n¶2. (SBU) Summary continued. Fees fell. End Summary.",
            "Dues rose.\nFees fell.",
        ),
        ("1.(C) Summary: Dues rose. -------- Training --------\n\n2.(U) Text", "Dues rose."),
        ("BEGIN SUMMARY\n\nDUES ROSE. END SUMMARY\n\n¶1. TEXT", "DUES ROSE."),
        ("1. (C) Summary: Dues\n\nBERN 00000123  001.2 OF 002\n\n\nrose. End Summary.", "Dues\nrose."),
        ("1. (C) (Summary: Dues rose. End Summary.)", "Dues rose."),
    ],
)
def test_summary(body: str, expected: str) -> None:
    found = parse_summary(f"SUBJECT: A\n\n{body}")
    assert "".join((found or "").split()) == "".join(expected.split())


@pytest.mark.parametrize("body", ["", "1. (U) Text without one.", "1. (U) He gave a summary of the talks."])
def test_none(body: str) -> None:
    assert parse_summary(f"SUBJECT: A\n\n{body}") is None
