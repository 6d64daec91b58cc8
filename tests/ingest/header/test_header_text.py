"""The header without the traces of copying and transmission."""

import pytest

from ingest.header.header_text import beginning, cleaned, header, header_with_pages, without_page_lines


def test_traces_of_web_copies_are_undone() -> None:
    assert cleaned("TAGS: [PREL](#)\r\nROE&#8217;S \\\n[1](#)1.") == "TAGS: PREL\nROE’S \n¶1."


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("DUES BERN 00000954 001.2 OF 004 RISE", "DUES  RISE"),
        ("TO NEW DELHI 00000954 001 OF 004", "TO "),
        ("DUES\nCONFIDENTIAL\nPAGE 02 BERN 06677 01 OF 03 291400Z \nRISE", "DUES\nRISE"),
    ],
)
def test_page_lines_are_removed(text: str, without: str) -> None:
    assert without_page_lines(text) == without


def test_the_header_ends_at_paragraph_one() -> None:
    text = "SUBJECT: A\n\n1. (C) Text."
    assert header(text) == header_with_pages(text) == "SUBJECT: A\n\n"
    assert beginning(text) == text
    assert header("REF: 1. STATE 123\n1. Classified by Roe\n") == "REF: 1. STATE 123\n1. Classified by Roe\n"
