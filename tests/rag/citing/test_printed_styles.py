"""Chicago as printed: author, title in quotation marks, kind of document and number, date, place in the document.

The form is that of the Chicago Manual of Style for unpublished documents, and how books that follow it print cables.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.citing.printed_styles import chicago_entry, chicago_note, mla
from rag.domain.paragraph_key import Locator
from tests.rag.citing.citables import make_citable


def test_a_chicago_note_and_bibliography_entry() -> None:
    citable = make_citable(archive=None, url=None)
    assert chicago_note(citable) == (
        "U.S. Embassy Tripoli, “Libyan Succession Muddled,” secret/NOFORN cable 09TRIPOLI198, March 9, 2009, para. 3."
    )
    assert chicago_entry(citable) == (
        "U.S. Embassy Tripoli. “Libyan Succession Muddled.” Secret/NOFORN Cable 09TRIPOLI198. March 9, 2009."
    )


def test_the_archive_and_the_address_come_last() -> None:
    end = "Public Library of US Diplomacy, https://cables.example/read/09TRIPOLI198#p3."
    assert chicago_note(make_citable()).endswith(f", {end}")


def test_an_entry_of_mla_and_its_citation_in_the_text() -> None:
    printed = mla(make_citable(archive=None, url=None))
    assert printed.listed == (
        "U.S. Embassy Tripoli. “Libyan Succession Muddled.” Secret/NOFORN cable 09TRIPOLI198, 9 Mar. 2009."
    )
    assert printed.cited == "(U.S. Embassy Tripoli, “Libyan Succession Muddled,” par. 3)"


def test_a_cable_without_a_date_is_undated() -> None:
    assert ", n.d." in chicago_note(make_citable(date=None))


def test_a_subject_that_is_withheld_is_left_out() -> None:
    assert chicago_note(make_citable(subject=None)).startswith("U.S. Embassy Tripoli, secret/NOFORN cable 09TRIPOLI198")


@pytest.mark.parametrize(
    ("locator", "words"),
    [
        (Locator(5, 2), "para. 5 (2nd)"),
        (Locator(0), "preamble"),
        (Locator(2, unnumbered=True), "unnumbered, 2nd paragraph"),
    ],
)
def test_paragraphs_of_every_kind(locator: Locator, words: str) -> None:
    assert f", {words}" in chicago_note(make_citable(locator=locator))


def test_a_cable_as_a_whole_has_no_place() -> None:
    assert "para" not in chicago_note(make_citable(locator=None))


def test_a_question_keeps_its_mark() -> None:
    citable = make_citable(subject="IS THE DAM SAFE?")
    assert "“IS THE DAM SAFE?,” " in chicago_note(citable) and "“IS THE DAM SAFE?” " in chicago_entry(citable)


def test_quotation_marks_in_a_subject_become_single_ones() -> None:
    assert "“ALLIES ‘GLOOMY’ AND ‘SAD,’” " in chicago_note(make_citable(subject='ALLIES "GLOOMY" AND “SAD”'))


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=80))
def test_no_subject_breaks_a_style(subject: str) -> None:
    assert "09TRIPOLI198" in chicago_note(make_citable(subject=subject))
    assert "09TRIPOLI198" in mla(make_citable(subject=subject)).listed
