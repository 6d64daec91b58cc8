"""The REF field in the ways telegrams print it."""

import pytest

from ingest.fields import parse_references


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        # labels
        ("REF: A. STATE 123 B. 07 TOKYO 45", "08STATE123 07TOKYO45"),
        ("REF: (A) STATE 123; (B) TOKYO 45", "08STATE123 08TOKYO45"),
        ("REFS: A) STATE 123\n      B) TOKYO 45", "08STATE123 08TOKYO45"),
        ("Ref(s): A: State 123; B: Tokyo 45", "08STATE123 08TOKYO45"),
        ("REFTELS: STATE 123, TOKYO 45", "08STATE123 08TOKYO45"),
        ("REFERENCE: STATE 123", "08STATE123"),
        ("REF A STATE 123 B TOKYO 45", "08STATE123 08TOKYO45"),
        ("REF: A. REF A STATE 123\n¶B. REF B: 07 TOKYO 45", "08STATE123 07TOKYO45"),
        ("REF: A. A) STATE 123 [1](#)B. B) TOKYO 45", "08STATE123 08TOKYO45"),
        ("REF: 1. STATE 123\n     2. TOKYO 45", "08STATE123 08TOKYO45"),
        ("SUBJECT: ENDREF: TOKYO 45", "08TOKYO45"),
        # years
        ("REF: 2007 TOKYO 45, 99 BONN 12, (06) ROME 3, '05 OSLO 9", "07TOKYO45 99BONN12 06ROME3 05OSLO9"),
        ("REF: 07TOKYO0045; 2006ROME3", "07TOKYO45 06ROME3"),
        ("REF: (B)O7 TOKYO 45", "07TOKYO45"),
        ("REF: MOSCOW 3242 2007", "07MOSCOW3242"),
        ("REF: 12 TOKYO 45", "08TOKYO45"),
        # serials
        ("REF: STATE 071143", "08STATE71143"),
        ("REF: TOKYO 45 AND 46, 47", "08TOKYO45 08TOKYO46 08TOKYO47"),
        ("REF: TOKYO 2345/2346", "08TOKYO2345 08TOKYO2346"),
        ("REF: TOKYO45", "08TOKYO45"),
        # wrapped and broken lines
        ("REF: A. BEIJING\n5361 B. 07\n\nTOKYO 45", "08BEIJING5361 07TOKYO45"),
        ("REF: A. STATE 123\n\n     B. TOKYO 45\n\n1. (U) Oslo 12.", "08STATE123 08TOKYO45"),
        ("REF: A. STATE 123 CONFIDENTIAL PAGE 02 BERN 01196 01 OF 02 082030Z B. ROME 9", "08STATE123 08ROME9"),
        ("REF: A. STATE 123 B. PORT AU PRINCE 7 PORT AU PR 00002230 001.2 OF 002", "08STATE123 08PORTAUPRINCE7"),
        # misspellings
        ("REF: 05 0TTAWA 3518, BISHTEK 1194, PORT-AU-PRINCE 7", "05OTTAWA3518 08BISHKEK1194 08PORTAUPRINCE7"),
        ("REF: KHARTOUN 12", "08KHARTOUM12"),
        ("REF: MEXICO D.F. 12, ST. PETERSBURG 13", "08MEXICO12 08STPETERSBURG13"),
        # unknown names that stand alone with a serial
        ("REF: USDEL 00007", "08USDEL7"),
        ("REF: QUILLHAVEN 2340", "08QUILLHAVEN2340"),
    ],
)
def test_references(printed: str, expected: str) -> None:
    assert parse_references(f"TAGS: PREL\n{printed}\n\nClassified By: Bern 99", 2008) == expected.split()


@pytest.mark.parametrize(
    "printed",
    [
        "REF: SECDEF R162245Z OCT 08",
        "REF: OSD REPORT DTG 251847Z MAR 08",
        "REF: CAIRO IIR 6 899 0149 10",
        "REF: A. ROE-DOE E-MAIL 12 MAY 2008",
        "REF: ROE/DOE EMAIL OF 12/12/07",
        "REF: FEBRUARY 12 TELCON",
        "REF: MTCR POC 201/2006 - MAY 16 2006",
        "REF: TD-314/12345-08",
        "REF: UNSCR 1737",
        "REF: OSC EUP20080707950031",
        "REF: HOTR WASHINGTON DC//USDAO PARIS (SUBJ: IIR 6 832 0617 08)",
        "REF: NONE",
        "SUBJECT: BRIEF: TOKYO 45",
    ],
)
def test_what_is_no_cable_is_no_reference(printed: str) -> None:
    assert parse_references(f"{printed}\n\n1. (U) Text.", 2008) == []


def test_comments_in_parentheses_and_quotation_marks_are_no_references() -> None:
    text = 'REF: A. TOKYO 45 (ROME 12 REFERS) B. OSLO 9 "THE BONN 1949 MEETING" C. BERN 7 (NOTAL)'
    assert parse_references(text, 2008) == ["08TOKYO45", "08OSLO9", "08BERN7"]


def test_the_cable_itself_and_repetitions_are_left_out() -> None:
    assert parse_references("REF: TOKYO 45, TOKYO 46, TOKYO 45", 2008, "08TOKYO46") == ["08TOKYO45"]


def test_what_follows_the_list_is_not_read() -> None:
    for after in (
        "C O R R E C T E D COPY OF TOKYO 46",
        "SENSITIVE BUT UNCLASSIFIED. TOKYO 46",
        "THIS IS A JOINT CABLE WITH TOKYO 46",
        "SUMMARY\n-------\nTOKYO 46",
        "1. (U) TOKYO 46",
        "S E C R E T SECTION 01 OF 02 TOKYO 000046",
    ):
        assert parse_references(f"REF: TOKYO 45\n\n{after}", 2008) == ["08TOKYO45"], after


def test_body_is_not_read() -> None:
    assert parse_references("SUBJECT: A\n\n1. (U) Text.\n\nREF: TOKYO 45", 2008) == []
