"""The markings of a whole telegram."""

import pytest

from ingest.formats.metadata import Metadata
from ingest.header.markings import read_markings

HEAD = "C O N F I D E N T I A L HARARE 001051\n\nSIPDIS\n\nSUBJECT: RAIN\n"


@pytest.mark.parametrize(
    ("body", "declared", "classification", "caveats"),
    [
        ("1. Rain fell.", None, "CONFIDENTIAL", ()),
        ("1. Rain fell.", "UNCLASSIFIED", "CONFIDENTIAL", ()),
        ("1. Rain fell.", "SECRET//NOFORN", "SECRET", ("NOFORN",)),
        ("1. Rain fell.\nS E C R E T\n2. More.", None, "SECRET", ()),
        ("1. Rain fell.\nNOFORN\n2. More.", None, "CONFIDENTIAL", ("NOFORN",)),
        ("1. Rain fell.\nUNCLASSIFIED\n2. More.", None, "CONFIDENTIAL", ()),
    ],
)
def test_the_highest_counts(body: str, declared: str | None, classification: str, caveats: tuple[str, ...]) -> None:
    markings = read_markings(HEAD, body, Metadata(classification=declared))
    assert (markings.classification, markings.caveats) == (classification, caveats)


def test_a_portion_marking_holds_unless_a_higher_marking_stands_below_the_head() -> None:
    assert read_markings(HEAD, "1. (U) Rain.", Metadata()).effective("U") == "U"
    uncertain = read_markings(HEAD, "1. (U) Rain.\nSECRET\n", Metadata())
    assert uncertain.problems and uncertain.effective("U") == "S" and uncertain.effective("TS/NF") == "TS/NF"


def test_without_any_marking_nothing_is_known() -> None:
    assert read_markings("SUBJECT: RAIN\n", "1. Rain fell.", Metadata()).effective(None) is None
