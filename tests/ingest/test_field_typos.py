"""What real telegrams do to their fields, in short invented lines."""

import pytest

from ingest import fields

_BODY = "3. (C) Comment: Nobody here believes that he will go before the year is out. End comment.\n"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("SECTSTATE 123456; SECSTATE WASHDC 1234", ["06STATE123456", "06STATE1234"]),
        ("A.  LIMA 12\n\n-    B.  LIMA 13\n-    C.  LIMA 14\n", ["06LIMA12", "06LIMA13", "06LIMA14"]),
        ("(A) DUSHANBAE 22 (B) ASHGABAD 33(C) 2005 TASKENT 044", ["06DUSHANBE22", "06ASHGABAT33", "05TASHKENT44"]),
        ("KABAUL 1, SAO PAOLO 2, NEW DEHLI 3 AND 4", ["06KABUL1", "06SAOPAULO2", "06NEWDELHI3", "06NEWDELHI4"]),
        ("A. A. OSLO 1 (NOTAL)\n¶B. B. 05 OSLO 2 AND PREVIOUS", ["06OSLO1", "05OSLO2"]),
    ],
)
def test_references(value: str, expected: list[str]) -> None:
    assert fields.parse_references(f"SUBJECT: X\n\nREF: {value}\n", 2006) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("ICASS Chair Thomas Roe for reason 1.4(b)", ["Thomas Roe"]),
        (
            "Embassy Oslo Coordinating Director for Development and Ec\nonomic Affairs E. Anton Roe for reasons 1.4 (b)",
            ["E. Anton Roe"],
        ),
        ("CHARGE D AFFAIRES JOAN ROE FOR REASONS 1.4 B AND D", ["JOAN ROE"]),
        ("PolEcon Chief Joan Roe; E.O. 12958, 1.4(b), (d).", ["Joan Roe"]),
    ],
)
def test_classified_by(value: str, expected: list[str]) -> None:
    assert fields.parse_classified_by(f"SUBJECT: X\n\nClassified By: {value}\n\n1. (C) Y.\n") == expected


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("\nROEBUCK\n\n=======================CABLE ENDS============================", ["ROEBUCK"]),
        ("\nROEBUCK\n\n > 2003ANKARA01234 - Classification: UNCLASSIFIED\n", ["ROEBUCK"]),
        ("ROEBUCK\n\nLimited Official Use\n\nNNN\n", ["ROEBUCK"]),
        ("\nUNQUOTE ROEBUCK\nBT\n", ["ROEBUCK"]),
    ],
)
def test_signers(end: str, expected: list[str]) -> None:
    assert fields.parse_signers(_BODY + end) == expected


@pytest.mark.parametrize(
    "text",
    [
        "1. (C) (Summary) The lamp is out. (End summary)\n",
        "1. (C) *Summary*: The lamp is out. *End summary*\n",
        "1. (C) SUMMMARY: The lamp is out. END SUMMARY.\n",
        "1. (C) Summary (C): The lamp is out. ENDSUMMARY.\n",
        "1. (C) Summary. The lamp is out. Summary ends.\n",
    ],
)
def test_summary(text: str) -> None:
    assert fields.parse_summary(f"SUBJECT: X\n\n{text}\n2. (C) Y.\n") == "The lamp is out."


def test_summary_paragraphs_without_blank_lines() -> None:
    text = "SUMMARY\n-------\n1. (C) The lamp is out.\n2. (C) The boat sank.\n\nWHO PAYS\n--------\n3. (C) X.\n"
    assert fields.parse_summary(text) == "The lamp is out.\nThe boat sank."


def test_subject_with_double_spacing() -> None:
    head = "SUBJECT: The Lamp at Gannet Rock on\n\nThe Second of March\n\nREF: STATE 1\n"
    assert fields.parse_subject(head) == "The Lamp at Gannet Rock on The Second of March"
    head = "SUBJECT: The Lamp at Gannet Rock\n\nThe Second of March\n\nClassified By: Jane Roe\n"
    assert fields.parse_subject(head) == "The Lamp at Gannet Rock The Second of March"
    assert fields.parse_subject("SUBJECT: The Lamp\n\nOverview\n\n1. (C) X.\n") == "The Lamp"
