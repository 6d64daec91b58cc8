"""The elements of telegram heads in a text, and which of them form one head."""

import pytest

from ingest.header.head_elements import Rank, head_groups, is_head, one_head_a_line

TRANSMISSION = "VZCZCXRO8600\nDE RUEHQH #2340/01 2390904\nO 260904Z AUG 08\nFM AMEMBASSY QUILLHAVEN\nTO RUEHC/SECSTATE"
MESSAGE = "C O N F I D E N T I A L QUILLHAVEN 002340"
BLOCK = "E.O. 12958: DECL: 08/26/2016\nTAGS: PREL\nSUBJECT: A LAMP"


def ranks(text: str) -> list[list[str]]:
    return [[element.rank.name for element in group] for group in head_groups(text.split("\n"))]


def test_the_elements_of_one_head_come_in_their_order() -> None:
    (group,) = head_groups(f"{TRANSMISSION}\n\n{MESSAGE}\n\n{BLOCK}\n\n1. (C) The lamp.".split("\n"))
    kinds = [Rank.TRANSMISSION, Rank.TRANSMISSION, Rank.DTG, Rank.SENDER, Rank.MESSAGE, *[Rank.BLOCK] * 3]
    assert [element.rank for element in group] == kinds
    assert [element.label for element in group if element.label] == ["order", "tags", "subject"]


@pytest.mark.parametrize("between", ["1. (C) The lamp.", "NNNN", BLOCK])
def test_a_head_begins_after_a_paragraph_an_end_mark_or_a_later_element(between: str) -> None:
    assert len(ranks(f"{MESSAGE}\n\n{between}\n\nO 270904Z AUG 08\nFM AMEMBASSY QUILLHAVEN")) == 2


def test_some_copies_print_the_message_line_above_the_date_time_group() -> None:
    assert ranks(f"{MESSAGE}\n\nO 260904Z AUG 08\nFM AMEMBASSY QUILLHAVEN") == [["MESSAGE", "DTG", "SENDER"]]


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        ("02HARARE1051\nA TITLE\nUNCLASSIFIED\nEmbassy Harare", True),
        ("50133  2006-01-19  06THEHAGUE131  Embassy The Hague  CONFIDENTIAL", True),
        ("REF: A.\n02HARARE1051\n02HARARE1052\n\n1. (C) The lamp.", False),
    ],
)
def test_an_id_is_declared_with_a_classification(text: str, declared: bool) -> None:
    assert any("DECLARED" in group for group in ranks(text)) == declared


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (MESSAGE, True),
        ("SECRET TOKYO 2367 the minister had said so.", False),
        ("SUBJECT: LAMPS", False),
        ("E.O. 12958: N/A\nSUBJECT: LAMPS", True),
        ("FM AMEMBASSY TOKYO", False),
        ("O 260904Z AUG 08", True),
    ],
)
def test_one_element_alone_may_be_text(text: str, expected: bool) -> None:
    lines = text.split("\n")
    assert any(is_head(lines, group) for group in head_groups(lines)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It ended. R 031200Z MAY 02 FM AMEMBASSY HARARE",
        "It ended. S E C R E T HARARE 001077",
        "It ended. SECRET HARARE 001077",
        "CONFIDENTIAL    C O N F I D E N T I A L THE HAGUE 000131   SIPDIS",
    ],
)
def test_a_head_within_a_line_gets_a_line(text: str) -> None:
    assert one_head_a_line(text).count("\n") == 1


@pytest.mark.parametrize("text", ["T O P S E C R E T HARARE 001077", "as SECRET TOKYO 2367 said", "the FM AMENDED it"])
def test_other_lines_stay_whole(text: str) -> None:
    assert one_head_a_line(text) == text
