"""What transmission and copying leave in a text vanishes, in the middle of a sentence too."""

import pytest

from ingest.body.artefacts import clean
from tests.ingest.invented import HEAD, headings, numbers, texts

_SECTION = "C O N F I D E N T I A L SECTION 02 OF 02 QUILLHAVEN 002340"
_HEAD_AGAIN = f"{_SECTION}\n\nSIPDIS\n\nE.O. 12958: DECL: 08/26/2016\nTAGS: PREL MARR XQ\nSUBJECT: A LAMP ON THE ROCK, AND WHO\nPAYS FOR IT\n"


@pytest.mark.parametrize(
    "artefact",
    [
        "QUILLHAVEN 00002340 002 OF 002",
        "QUILLHAVEN 00002340  002.2 OF 002",
        "Quillhaven 00002340 002 of 002",
        "PORT ZEPHYR 00002340 002.4 OF 003",
        "PAGE 02 QUILLHAVEN 02340 01 OF 02 260904Z",
        "PAGE 02 RUEHQHA2340 C O N F I D E N T I A L QUILLHAVEN 002340",
        "XXXXXXXXXXXX 002 OF 002",
        "SIPDIS",
        "SIPDIS\n\nSIPDIS",
        "CONFIDENTIAL",
        "CONFIDENTIAL\n\nCONFIDENTIAL",
        " CONFIDENTIAL PTQ1865",
        _SECTION,
        _HEAD_AGAIN,
        "ACTION EUR-12\n\nINFO OCT-01 ISO-00 SS-15",
        "Declassified/Released US Department of State EO Systematic Review 30 JUN 2005",
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n\n\n"])
def test_vanishes_in_mid_sentence(artefact: str, gap: str) -> None:
    body = f"1. (C) The keeper of the lamp, who had been asked to stay until the{gap}{artefact}{gap}end of May, left.\n\n2. (C) So.\n"
    assert texts(body) == {
        "1": "The keeper of the lamp, who had been asked to stay until the end of May, left.", "2": "So.",
    }  # fmt: skip


def test_vanishes_before_a_paragraph_and_a_heading() -> None:
    body = "1. (C) The lamp.\n\nQUILLHAVEN 00002340 002 OF 002\n\n\n-----\nWho Pays\n-----\n\n2. (C) The crown.\nSIPDIS\n\n3. (C) It.\n"
    assert numbers(body) == ["1", "2", "3"]
    assert headings(body)["2"] == "Who Pays"
    assert texts(body)["2"] == "The crown."


def test_text_on_the_artefacts_line_stays() -> None:
    body = (
        "1. (C) The keeper asked for oil and\nPAGE 03 QUILLHAVEN 02340 02 OF 03 291401Z a wick for the lamp.\n\n"
        "2. (C) He was given\nSIPDIS half of it.\nPAGE 04 QUILLHAVEN 02340 02 OF 03 291401Z 3. (C) He left.\n"
    )
    assert texts(body) == {
        "1": "The keeper asked for oil and a wick for the lamp.", "2": "He was given half of it.", "3": "He left.",
    }  # fmt: skip


def test_page_line_joined_with_the_text_around_it() -> None:
    head = HEAD.replace("QUILLHAVEN 00", "PORT ZEPHYR 00")
    body = "1. (C) The keeper asked the crown PORT ZEPHYR 00002340 002.2 OF 002 for oil.\n\n2. (C) So.\n"
    assert texts(body, head)["1"] == "The keeper asked the crown for oil."


def test_repeated_subject_with_text_behind_it() -> None:
    body = "1. (C) The keeper asked for\nSUBJECT: A LAMP ON THE ROCK, AND WHO PAYS FO more oil.\n\n2. (C) So.\n"
    assert texts(body)["1"] == "The keeper asked for more oil."


def test_repeated_head_before_the_text() -> None:
    again = HEAD[HEAD.index("C O N F") :]
    assert texts(f"{again}\n1. (C) The lamp is lit.\n") == {"1": "The lamp is lit."}


def test_words_in_capitals_are_no_artefacts() -> None:
    lines = [
        "THE LAMP IS LIT.",
        "SECRET LAMPS ARE THE BEST OF ALL.",
        "CONFIDENTIAL TALKS WENT ON.",
        "TOKYO 2367 SAYS SO.",
    ]
    assert clean(lines, []).lines == lines


def test_another_message_is_told_apart() -> None:
    lines = ["One.", "C O N F I D E N T I A L OSTERMERE 000071", "", "Two."]
    assert clean(lines, [], ("QUILLHAVEN", 2340)).restarts == {1}
    assert clean(lines, [], ("OSTERMERE", 71)).restarts == set()
