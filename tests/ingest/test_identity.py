"""Id, post and date from metadata, message line and file name, and contradictions between them."""

import pytest

from ingest.errors import NotACable
from rag.domain.cable_json import iso_utc
from tests.ingest.invented import HEAD, cable, html_page, read_one


@pytest.mark.parametrize("malformed", ["08ECTION01OF02QUILLHAVEN2340", "08", "QUILLHAVEN"])
def test_malformed_id_is_repaired_from_the_message_line(malformed: str) -> None:
    parsed = read_one(html_page(malformed))
    assert str(parsed.id) == "08QUILLHAVEN2340"
    assert any("malformed id" in problem for problem in parsed.problems)


def test_file_name_is_the_last_resort() -> None:
    head = "E.O. 12958: DECL: 08/26/2016\nTAGS: PREL\nSUBJECT: A LAMP\n"
    parsed = cable("1. (C) The lamp is lit.\n", head, "old/08QUILLHAVEN0077.txt")
    assert (str(parsed.id), parsed.post) == ("08QUILLHAVEN77", "QUILLHAVEN")
    assert "the id is taken from the file name" in parsed.problems
    with pytest.raises(NotACable, match="no cable id"):
        cable("1. (C) The lamp is lit.\n", head, "notes.txt")


def test_a_file_name_that_the_message_line_contradicts_decides_nothing() -> None:
    head = "C O N F I D E N T I A L TOKYO 002367\n\nE.O. 12958: N/A\nSUBJECT: A LAMP\n"
    assert str(cable("1. (C) The lamp is lit.\n", head, "08TOKYO2367.txt").id) == "08TOKYO2367"
    with pytest.raises(NotACable, match="no cable id"):
        cable("1. (C) The lamp is lit.\n", head, "08TOKYO2368.txt")


def test_post_is_shown_as_the_message_line_prints_it() -> None:
    parsed = cable("1. (C) The lamp is lit.\n", HEAD.replace("QUILLHAVEN 00", "PORT ZEPHYR 00"))
    assert (str(parsed.id), parsed.post, parsed.label()) == ("08PORTZEPHYR2340", "PORT ZEPHYR", "PORT ZEPHYR 2340")


def test_contradicting_dates_are_noted() -> None:
    parsed = read_one(html_page().replace("2008-08-26 09:04", "2008-09-26 09:04"))
    assert iso_utc(parsed.date) == "2008-08-26T09:04:00Z"
    assert parsed.problems == ("the date-time group says 2008-08-26 09:04, the metadata 2008-09-26 09:04",)


@pytest.mark.parametrize("declared", ["08TOKOY2367", "08AMEMBTOKYO2367", "TOKYO 2367 (2)", "08SECTION01OF02TOKYO2367"])
def test_a_malformed_id_is_read_from_the_message_line(declared: str) -> None:
    head = HEAD.replace("QUILLHAVEN 002340", "TOKYO 002367")
    page = f"Identifier\nCreated\nClassification\nOrigin\n{declared}\n2008-08-26 09:04:00\nSECRET\nEmbassy\n\n"
    parsed = cable("\n1. (C) The lamp is lit.\n", page + head)
    assert str(parsed.id) == "08TOKYO2367"
    assert any("malformed id" in problem for problem in parsed.problems)
