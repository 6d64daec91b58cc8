"""The message line, classification and caveats."""

import pytest

from ingest.header.message_line import MessageLine, parse_caveats, parse_classification, parse_message_line

SBU = "UNCLASSIFIED//FOR OFFICIAL USE ONLY"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("C O N F I D E N T I A L SECTION 01 OF 02 TOKYO 002340", MessageLine("CONFIDENTIAL", "TOKYO", 2340)),
        ("UNCLAS NEW DELHI 000123", MessageLine("UNCLASSIFIED", "NEW DELHI", 123)),
        ("S E C R E T STATE 015220", MessageLine("SECRET", "STATE", 15220)),
        ("S e c r e t bern 000123", MessageLine("SECRET", "bern", 123)),
        ("T O P  S E C R E T STATE 123456", MessageLine("TOP SECRET", "STATE", 123456)),
        ("LIMITED OFFICIAL USE SECTION 01 OF 02 BONN 01234", MessageLine("LIMITED OFFICIAL USE", "BONN", 1234)),
        ("S E C R E T//NOFORN BERN 001234", MessageLine("SECRET//NOFORN", "BERN", 1234)),
        ("S E C R E T SECTION 01 OF 02 BERN 001234 NOFORN", MessageLine("SECRET//NOFORN", "BERN", 1234)),
        ("SS E C R E T SECTION 01 OF 02 BERN 001234", MessageLine("SECRET", "BERN", 1234)),
        ("CSE C R E T SECTION 01 OF 02 BERN 001234", MessageLine("SECRET", "BERN", 1234)),
        ("C O N F I D E N T I A L ECTION 01 OF 02 MANAMA 000492", MessageLine("CONFIDENTIAL", "MANAMA", 492)),
        ("UNCLASSIFIED SECTION 01 OF 01 TEHRAN 1164", MessageLine("UNCLASSIFIED", "TEHRAN", 1164)),
        ("CONFIDENTIAL     PTQ1859\n\nPAGE 01        HARARE  06677  01 OF 03", MessageLine(None, "HARARE", 6677)),
        ("PAGE 01 STATE 187673\nORIGIN ARA-10", MessageLine(None, "STATE", 187673)),
        ("1. (U) Text.\n\nTEL AVIV 00002502 002 OF 004", MessageLine(None, "TEL AVIV", 2502)),
        ("SECRET TALKS 2008", None),
        ("", None),
    ],
)
def test_message_line(line: str, expected: MessageLine | None) -> None:
    assert parse_message_line(f"FM AMEMBASSY BERN\n{line}\n\nSIPDIS") == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("UNCLAS BERN 000123\n\nSIPDIS", "UNCLASSIFIED"),
        ("UNCLAS BERN 000123\n\nSENSITIVE\nSIPDIS", SBU),
        ("UNCLAS BERN 000123 SENSITIVE", SBU),
        ("UNCLAS SENSITIVE BERN 000123", SBU),
        ("UNCLAS E F T O BERN 000123", SBU),
        ("UNCLAS BERN 000123\nSENSITIVE BUT UNCLASSIFIED -- PLEASE PROTECT", SBU),
        ("Classification\nOrigin\nUNCLASSIFIED//FOR OFFICIAL USE ONLY\nEmbassy Bern", SBU),
        ("Classification\nOrigin\nSECRET//NOFORN\nEmbassy Bern", "SECRET"),
        ("CONFIDENTIAL\n\nPAGE 01  BERN  06677", "CONFIDENTIAL"),
        ("C O N F I D E N T I A L SECTION 01 OF 02 BERN 000001\nUNCLAS SECTION 02 OF 02 BERN 000001", "CONFIDENTIAL"),
        ("CONFIDENTIAL BERN 000123\nSENSITIVE", "CONFIDENTIAL"),
        ("UNCLAS BERN 000123\nSUBJECT: TALKS ON\nSECRET TREATIES OF 1915", "UNCLASSIFIED"),
        ("FM AMEMBASSY BERN", None),
    ],
)
def test_classification(header: str, expected: str | None) -> None:
    assert parse_classification(f"{header}\n\n1. (U) Text.\n\nTOP SECRET\n") == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("S E C R E T//NOFORN BERN 001234", ["NOFORN"]),
        ("S E C R E T BERN 001234\n\nNOFORN SIPDIS", ["NOFORN"]),
        ("S E C R E T BERN 001234\n\nN O F O R N\n\nEXDIS", ["NOFORN", "EXDIS"]),
        ("s e c r e t bern 001234\n\nnoforn", ["NOFORN"]),
        ("CONFIDENTIAL BERN 001234 NODIS", ["NODIS"]),
        ("SECRET//NF BERN 001234", ["NOFORN"]),
        ("SECRET//REL TO USA, GBR BERN 001234", ["REL TO USA, GBR"]),
        ("SECRET/REL YEMEN", ["REL YEMEN"]),
        ("S E C R E T BERN 001234\nSTADIS\nORCON\nLIMDIS", ["STADIS", "ORCON", "LIMDIS"]),
        ("UNCLAS BERN 001234\nSIPDIS\nSENSITIVE", []),
        ("UNCLAS BERN 001234\nSUBJECT: THE NOFORN CAPTION AND ITS USES", []),
        ("UNCLAS BERN 001234\n\n1. (U) Text.\n\nNOFORN", []),
    ],
)
def test_caveats(header: str, expected: list[str]) -> None:
    assert parse_caveats(header) == expected
