"""Stamps of the reading room."""

import pytest

from ingest.body.release_stamps import is_partial_release, is_release_stamp, may_be_stamped, without_stamps
from tests.ingest.invented import BODY, HEAD, read_one

_CASE = "UNCLASSIFIED U.S. Department of State Case No. F-2014-20439 Doc No. C05760001 Date: 08/31/2015"


@pytest.mark.parametrize(
    "line",
    [
        _CASE,
        "RELEASED IN PART B1, 1.4(D)",
        "RELEASE IN FULL",
        "RELEASED IN PART B1,1.4(B),1.4(D),B6",
        "REVIEW AUTHORITY: Archie Bolster, Senior Reviewer",
        "C05760001",
        "DECLASSIFIED PA/HO Department of State E.O. 12958, as amended",
        "APPROVED FOR RELEASE: 2009/03/12",
    ],
)
def test_stamps(line: str) -> None:
    assert is_release_stamp(line) and (may_be_stamped(line) or line.startswith(("C0", "APPROVED")))


@pytest.mark.parametrize(
    "line",
    [
        "released in part because the court had ruled",
        "RELEASED IN PART BECAUSE THE COURT HAD RULED",
        "Reviewed by the ministry, the law passed.",
        "DECLASSIFIED IN 1998, THE PAPER SAYS LITTLE",
        "The Case No. is open",
    ],
)
def test_text_is_no_stamp(line: str) -> None:
    assert not is_release_stamp(line)


def test_they_vanish_from_head_text_and_end() -> None:
    plain = read_one(f"{HEAD}\n{BODY}")
    head = HEAD.replace("PAYS FOR IT", "RELEASED IN PART\nB1\nPAYS FOR IT")
    body = BODY.replace(
        "and asked on June\n", f"and asked on June       B1\n\n                 1.4(D)\n{_CASE}\n\n{_CASE}\n\n"
    )
    stamped = read_one(
        f"{_CASE}\n\nRELEASED IN PART B1, 1.4(D)\nREVIEW AUTHORITY: A. Bolster\n{head}\n{body}\n{_CASE}\n"
    )
    assert [each.text for each in stamped.paragraphs] == [each.text for each in plain.paragraphs]
    assert (stamped.subject, stamped.signers, stamped.classification) == (
        plain.subject,
        plain.signers,
        plain.classification,
    )
    assert stamped.problems == ("released in part: reviewers withheld some of the text",)


def test_codes_go_only_with_a_stamp_around() -> None:
    lines = ["The form is", "B1", "", _CASE, "", "of the visa   B1"]
    assert without_stamps(lines) == ["The form is", "of the visa"]
    assert "B1" in read_one(f"{HEAD}\n" + BODY.replace("and asked", "and\nB1\nasked")).paragraphs[1].text
    assert is_partial_release("RELEASED IN PART") and not is_partial_release("RELEASED IN FULL")
