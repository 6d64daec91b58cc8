"""The subject and its marking."""

import pytest

from ingest.header.subject import parse_subject, parse_subject_marking


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("SUBJECT: HARBOR  DUES\nRISE AGAIN\n\nREF: X", "HARBOR DUES RISE AGAIN"),
        ("SUBJ; HARBOR DUES\nREFTEL: X", "HARBOR DUES"),
        ("UBJECT: HARBOR DUES", "HARBOR DUES"),
        ("SUBJCET: HARBOR DUES", "HARBOR DUES"),
        ("SUBJECT - HARBOR DUES", "HARBOR DUES"),
        ("SUBJECT HARBOR DUES\n", "HARBOR DUES"),
        ("SUBJECT:\n\nHarbor dues\n1.(SBU) Text", "Harbor dues"),
        ("TAGS: PREL SUBJECT: HARBOR DUES", "HARBOR DUES"),
        # what ends it
        ("SUBJECT: HARBOR DUES REF: BERN 1", "HARBOR DUES"),
        ("SUBJECT: HARBOR DUESREF: BERN 1", "HARBOR DUES"),
        ("SUBJECT: HARBOR DUES REF A) BERN 1", "HARBOR DUES"),
        ("SUBJECT: HARBOR DUES Classified By: Roe", "HARBOR DUES"),
        ("SUBJECT: HARBOR DUESClassified By: Roe", "HARBOR DUES"),
        ("SUBJECT: HARBOR DUES (U) Classified by Roe", "HARBOR DUES"),
        ("SUBJECT: HARBOR DUES\n(U) CLASSIFIED BY ROE", "HARBOR DUES"),
        ("SUBJECT: HARBOR DUES\nThis is an action request.", "HARBOR DUES"),
        ("SUBJECT: HARBOR DUES\nSENSITIVE BUT UNCLASSIFIED", "HARBOR DUES"),
        ("SUBJECT: HARBOR DUES\nBERN 00000954 001.2 OF 004\n", "HARBOR DUES"),
        ("SUBJECT: HARBOR DUES BERN 00000954 001.2 OF 004\n", "HARBOR DUES"),
        ("SUBJECT: HARBOR DUES\n-----------\nTEXT", "HARBOR DUES"),
        ("SUBJECT: HARBOR DUES 1. (C) SUMMARY: Text", "HARBOR DUES"),
        # what does not
        ("SUBJECT: HARBOR\n CONFIDENTIAL\nPAGE 02 BERN 06677 01 OF 03 291400Z DUES\nREF: X", "HARBOR DUES"),
        ("SUBJECT: HARBOR DUES OF THE\n\nNORTHERN PORTS\n\nREF: X", "HARBOR DUES OF THE NORTHERN PORTS"),
        ("SUBJECT: PART 2 OF 3: REFORM: DUES", "PART 2 OF 3: REFORM: DUES"),
        # hyphens at the end of a line
        (
            "SUBJECT: U.S.-\nJAPAN HARBOR DUES OF JULY 2-\n3, A NON-\n\nISSUE\n\nREF: X",
            "U.S.-JAPAN HARBOR DUES OF JULY 2-3, A NON-ISSUE",
        ),
        ("SUBJECT: HARBOR DUES -\nPRE-\nAND POST-WAR", "HARBOR DUES - PRE- AND POST-WAR"),
        ("SUBJECT: HARBOR DUES \\\n  RISE \\\n \\\nREF: X", "HARBOR DUES RISE"),
        ("SUBJECT: ROE&#8217;S &amp; DOE&#x2019;S DUES", "ROE’S & DOE’S DUES"),
        ("SUBJECT: (CHINA) HARBOR DUES", "(CHINA) HARBOR DUES"),
        ("SUBJECT: (C/NF) HARBOR DUES", "HARBOR DUES"),
    ],
)
def test_subject(printed: str, expected: str) -> None:
    assert parse_subject(printed) == expected


@pytest.mark.parametrize(
    "text",
    ["", "TAGS: PREL\n\n", "C O R R E C T E D COPY (SUBJECT LINE)\n", "SUBJECT:\nREF: BERN 1", "1. (U) A\nSUBJECT: B"],
)
def test_no_subject(text: str) -> None:
    assert parse_subject(text) is None


@pytest.mark.parametrize(
    ("printed", "marking"),
    [
        ("SUBJECT: (S) HARBOR DUES", "S"),
        ("SUBJECT: (s//nf) harbor dues", "s//nf"),
        ("SUBJECT: (C/REL USA, GBR) HARBOR DUES", "C/REL USA, GBR"),
        ("(SBU) SUBJECT: HARBOR DUES", "SBU"),
        ("SUBJECT: (CHINA) HARBOR DUES", None),
        ("SUBJECT: HARBOR DUES (S)", None),
        ("TAGS: PREL", None),
    ],
)
def test_marking(printed: str, marking: str | None) -> None:
    assert parse_subject_marking(printed) == marking


def test_subject_with_double_spacing() -> None:
    head = "SUBJECT: The Lamp at Gannet Rock on\n\nThe Second of March\n\nREF: STATE 1\n"
    assert parse_subject(head) == "The Lamp at Gannet Rock on The Second of March"
    head = "SUBJECT: The Lamp at Gannet Rock\n\nThe Second of March\n\nClassified By: Jane Roe\n"
    assert parse_subject(head) == "The Lamp at Gannet Rock The Second of March"
    assert parse_subject("SUBJECT: The Lamp\n\nOverview\n\n1. (C) X.\n") == "The Lamp"
