"""The surname that closes a telegram."""

import pytest

from ingest.header.signers import parse_signers


@pytest.mark.parametrize(
    ("end", "signer"),
    [
        ("The dues rose again.\nROE", "ROE"),
        ("THE DUES ROSE AGAIN.\n\n\nDE ROE\n", "DE ROE"),
        ("THE DUES ROSE AGAIN.  ROE\n", "ROE"),
        ("The dues rose again. ROE", "ROE"),
        ("The dues rose again.\nMcRoe", "MCROE"),
        ("The dues rose again.\n\nLu", "LU"),
        ("The dues rose again.\nROE JR", "ROE JR"),
        ("The dues rose again.\nROE .", "ROE"),
        ("THE DUES ROSE AGAIN.  END COMMENT\nROE\nBT\n#1234\n\n<< END OF DOCUMENT >>", "ROE"),
        (
            "The dues rose.\nROE\n\nJane Doe Declassified/Released US Department of State EO Systematic Review 2014",
            "ROE",
        ),
        ("The dues rose again.\nROE\n\nUNCLASSIFIED\n\n\nNNNN\n", "ROE"),
        ("END TEXT.\nROE\n   UNCLASSIFIED\n\n\nPAGE 04        BERN  01569  04 OF 04  071629Z\n\n\nNNNN", "ROE"),
        ("The dues rose again.\nROE\n\nNOTE: NOT PASSED TO ABOVE ADDRESSEE(S)\n\n      CONFIDENTIAL", "ROE"),
        ("The dues rose again.\nROE\n \n>\n 2002BERN01748 - Classification: SECRET", "ROE"),
        (
            "The dues rose again.\n\nVisit Bern's Classified Website:\nhttp://www.state.sgov.gov/p/eur/bern\n\nROE",
            "ROE",
        ),
        (
            'The dues rose again.\nROE\n\n "Visit Bern\'s Web Site at http://www.intelink.s\ngov.gov/wiki/Portal:X"',
            "ROE",
        ),
        (
            "Visit Bern's Classified Website: http://www.intelink.sgov.gov/wiki/Portal:Unit ed_Kingdom ROE-DOE",
            "ROE-DOE",
        ),
        ("The dues rose again.\nBERN 00000536 002 of 002\n\nRoe", "ROE"),
        ("SO ENDS THE NOTE. END TEXT.\nXXXXXXXXXXXX\n\nROE", "ROE"),
    ],
)
def test_signer(end: str, signer: str) -> None:
    assert parse_signers(f"SUBJECT: A\n\n1. (U) Text.\n\n2. (U) {end}") == [signer]


@pytest.mark.parametrize(
    "end",
    [
        "The dues rose again.",
        "The monthly rate was 5.6 percent. The",
        "THE DUES OF THE NORTHERN PORTS\nROSE",
        "The dues rose again.\n\nEND COMMENT\n",
        "The dues rose again. End comment.",
        "The dues rose again.\n\nSECRET\n",
        "",
    ],
)
def test_no_signer(end: str) -> None:
    assert parse_signers(f"1. (U) {end}") == []


_BODY = "3. (C) Comment: Nobody here believes that he will go before the year is out. End comment.\n"


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("\nROEBUCK\n\n=======================CABLE ENDS============================", ["ROEBUCK"]),
        ("\nROEBUCK\n\n > 2003ANKARA01234 - Classification: UNCLASSIFIED\n", ["ROEBUCK"]),
        ("ROEBUCK\n\nLimited Official Use\n\nNNN\n", ["ROEBUCK"]),
        ("\nUNQUOTE ROEBUCK\nBT\n", ["ROEBUCK"]),
    ],
)
def test_signer_above_closing_lines(end: str, expected: list[str]) -> None:
    assert parse_signers(_BODY + end) == expected
