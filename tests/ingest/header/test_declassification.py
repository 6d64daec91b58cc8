"""The declassification date on the E.O. line."""

from datetime import date

import pytest

from ingest.header.declassification import parse_declassification


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("E.O. 12958: DECL: 08/28/2018", date(2018, 8, 28)),
        ("EO 12958 DECL: 2019/12/08", date(2019, 12, 8)),
        ("E.O. 12958: DECL: 11/29/10 TAGS: PREL", date(2010, 11, 29)),
        ("E.O. 12958:DECL:08-28-18", date(2018, 8, 28)),
        ("E.O. 12958: DECL: AUGUST 28, 2018", date(2018, 8, 28)),
        ("E.O. 12958: DECL: 28 AUG 2018", date(2018, 8, 28)),
        ("E.O. 12958: DECL: 28/08/2018", date(2018, 8, 28)),
        ("E.O. 12958: DECL: 20180828", date(2018, 8, 28)),
        ("E.O. 12356: DECL: 1/5/99", date(1999, 1, 5)),
        ("E.O. 12356: DECL: OADR", None),
        ("E.O. 12958: N/A", None),
        ("E.O. 12958: DECL: 25X1", None),
        ("E.O. 12958: DECL: 02/30/2018", None),
        ("E.O. 12958: DECL: UPON RECEIPT", None),
        ("SUBJECT: THE DECLINE 08/28/2018", None),
    ],
)
def test_declassification(printed: str, expected: date | None) -> None:
    assert parse_declassification(f"{printed}\n\n1. (U) Text.") == expected
