"""The REF field in the ways telegrams print it."""

import pytest

from ingest.header.references import parse_references


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
        ("REF 07 TOKYO 45", "07TOKYO45"),
        ("REFS     A) TOKYO 45", "08TOKYO45"),
        ("REF'S: TOKYO 45", "08TOKYO45"),
        # years
        ("REF: 2007 TOKYO 45, 99 BONN 12, (06) ROME 3, '05 OSLO 9", "07TOKYO45 99BONN12 06ROME3 05OSLO9"),
        ("REF: 07TOKYO0045; 2006ROME3", "07TOKYO45 06ROME3"),
        ("REF: (B)O7 TOKYO 45", "07TOKYO45"),
        ("REF: MOSCOW 3242 2007", "07MOSCOW3242"),
        ("REF: 12 TOKYO 45", "08TOKYO45"),
        ("REF: 07-TOKYO-45, 06/ROME/3, TOKYO-46", "07TOKYO45 06ROME3 08TOKYO46"),
        ("REF: 07LA PAZ 45, 2006THE HAGUE 3", "07LAPAZ45 06THEHAGUE3"),
        ("REF: A. TOKYO 07 456 B. ROME (2006) 3 C. STATE 07 200123", "07TOKYO456 06ROME3 07STATE200123"),
        ("REF: A. TOKYO 456 07 B. ROME 3 (06) C. OSLO 9", "07TOKYO456 06ROME3 08OSLO9"),
        # a year is that of one entry
        ("REF: A TOKYO 456 (2007) B ROME 3", "07TOKYO456 08ROME3"),
        ("REF: TOKYO 456 (07) ROME 3, OSLO 9", "08TOKYO456 07ROME3 08OSLO9"),
        ("REF: 07 TOKYO 45, 46 AND ROME 3", "07TOKYO45 07TOKYO46 08ROME3"),
        ("REF: TOKYO 45 (07), 46 (06)", "07TOKYO45 06TOKYO46"),
        ("REF: OSLO 9, MOSCOW 3242 2007", "08OSLO9 07MOSCOW3242"),
        ("REF: TOKYO 12, 98 AND ROME 3", "08TOKYO12 08TOKYO98 08ROME3"),
        ("REF: 2006 HUMAN RIGHTS REPORT TOKYO 45", "08TOKYO45"),
        ("REF: IIR 6 832 0617 07 TOKYO 45", "08TOKYO45"),
        # serials
        ("REF: STATE 071143", "08STATE71143"),
        ("REF: TOKYO 45 AND 46, 47", "08TOKYO45 08TOKYO46 08TOKYO47"),
        ("REF: TOKYO 45 THROUGH 47", "08TOKYO45"),
        ("REF: TOKYO 45 MAY 2008; ROME 3 MAY 4; OSLO 9", "08TOKYO45 08ROME3 08OSLO9"),
        ("REF: TOKYO 2345/2346", "08TOKYO2345 08TOKYO2346"),
        ("REF: TOKYO45", "08TOKYO45"),
        ("REF: A. TOKYO 345B. ROME 3", "08TOKYO345 08ROME3"),
        ("REF: STATE 123456/TOSEC 12", "08STATE123456"),
        # wrapped and broken lines
        ("REF: A. BEIJING\n5361 B. 07\n\nTOKYO 45", "08BEIJING5361 07TOKYO45"),
        ("REF: A. STATE 123\n\n     B. TOKYO 45\n\n1. (U) Oslo 12.", "08STATE123 08TOKYO45"),
        ("REF: A. STATE 123 CONFIDENTIAL PAGE 02 BERN 01196 01 OF 02 082030Z B. ROME 9", "08STATE123 08ROME9"),
        ("REF: A. STATE 123 B. PORT AU PRINCE 7 PORT AU PR 00002230 001.2 OF 002", "08STATE123 08PORTAUPRINCE7"),
        # misspellings
        ("REF: 05 0TTAWA 3518, BISHTEK 1194, PORT-AU-PRINCE 7", "05OTTAWA3518 08BISHKEK1194 08PORTAUPRINCE7"),
        ("REF: KHARTOUN 12", "08KHARTOUM12"),
        ("REF: PARIS FR UNESCO 12, 07 PARIS UNESCO 13, PARIS 14", "08UNESCOPARISFR12 07UNESCOPARISFR13 08PARIS14"),
        ("REF: DUBAI RPO 12, USEC BRUSSELS 13, USNATO BRUSSELS 14", "08RPODUBAI12 08USEUBRUSSELS13 08USNATO14"),
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
        "REF: TOKYO A-12",
        "REF: TOKYO A 12",
        "REF: STATE CA 3400",
        "REF: EMAIL TO TOKYO 12 MAY 2008",
        "REF: MEETING IN TOKYO 12 MAY",
        "REF: LETTER FROM TOKYO 12",
        "REF: MEMORANDUM ROME 12",
        "REF: TOKYO MEMORANDUM 12",
        "REF: TELCON ROE/TOKYO 12",
        "REF: FBIS TOKYO 12",
        "REF: SECTO 12, TOSEC 13, PARTO 14",
        "REF: GENEVA ROUND 12",
        "REF: 07 XXXXXXXXXXXX 12",
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


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("SECTSTATE 123456; SECSTATE WASHDC 1234", ["06STATE123456", "06STATE1234"]),
        ("A.  LIMA 12\n\n-    B.  LIMA 13\n-    C.  LIMA 14\n", ["06LIMA12", "06LIMA13", "06LIMA14"]),
        ("(A) DUSHANBAE 22 (B) ASHGABAD 33(C) 2005 TASKENT 044", ["06DUSHANBE22", "06ASHGABAT33", "05TASHKENT44"]),
        ("KABAUL 1, SAO PAOLO 2, NEW DEHLI 3 AND 4", ["06KABUL1", "06SAOPAULO2", "06NEWDELHI3", "06NEWDELHI4"]),
        ("A. A. OSLO 1 (NOTAL)\n¶B. B. 05 OSLO 2 AND PREVIOUS", ["06OSLO1", "05OSLO2"]),
    ],
)
def test_misspelled_and_badly_separated_references(value: str, expected: list[str]) -> None:
    assert parse_references(f"SUBJECT: X\n\nREF: {value}\n", 2006) == expected
