"""The TAGS line."""

import pytest

from ingest.header.tags import parse_tags


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("TAGS: PREL PGOV JA", "PREL PGOV JA"),
        ("TAGS PREL, PGOV, JA", "PREL PGOV JA"),
        ("Tags: prel/pgov; ja.", "PREL PGOV JA"),
        ("TAGS;  PREL, JA", "PREL JA"),
        ("TAS: PREL, JA", "PREL JA"),
        ("E.O. 12958: N/A TAGS: PREL JA SUBJECT: A MATTER", "PREL JA"),
        ("E.O. 12958: N/ATAGS: PREL JASUBJECT: A MATTER", "PREL JA"),
        ("E.O. 12958: DECL: 01/02/2018 TAGS PREL JA\nSUBJECT: A", "PREL JA"),
        ("E.O. 12958: DECL: 01/02/2018\nPREL, PGOV, JA\nSUBJECT: A", "PREL PGOV JA"),
        ("1. Classified by Jane Roe.\n\n2. TAGS: PREL JA", "PREL JA"),
        ("RAGS: PREL JA", "PREL JA"),
        ("T A G S: PREL JA", "PREL JA"),
        ("TAGS/TERMS: PREL JA", "PREL JA"),
        ("DATE: JULY 2", ""),
        ("TAGS= PREL-PGOV, JA (U)", "PREL PGOV JA"),
        ("TAGS: PGOV KDE\nM JA", "PGOV KDEM JA"),
        ("TAGS: PREL,\n\nPGOV, JA", "PREL PGOV JA"),
        ("TAGS: PREL,\n\nTalks about talks", "PREL"),
        ("TAGS: PREL, PGOV, \nKDEM, JA\nSUBJECT: A", "PREL PGOV KDEM JA"),
        ("TAGS: PREL\nKDEM\nSUBJECT: A", "PREL KDEM"),
        ("TAGS:\n\nPREL JA", "PREL JA"),
        ("TAGS: PREL\nTalks about talks", "PREL"),
        ("TAGS: PREL PREL JA PREL", "PREL JA"),
        ("TAGS: [PREL](#) [JA](#)", "PREL JA"),
        ("TAGS: PREL, (JA)", "PREL JA"),
        ("TAGS: PREL SIPDIS XXXXXXXXXXXX", "PREL"),
        ("TAGS: N/A", ""),
        ("SUBJECT: NO TAGS HERE", ""),
        # separators lost
        ("TAGS: PRELPGOVJA", "PREL PGOV JA"),
        ("TAGS: KFRDKIRFASECJA", "KFRD KIRF ASEC JA"),
        ("TAGS: PHUMUNESCOJA", "PHUM UNESCO JA"),
        # typing errors
        ("TAGS: MOPPS UNDESCO", "MOPS UNESCO"),
        # page lines run into the field
        ("TAGS: ECON, IT      UNCLASSIFIED    PAGE 02        BERN  01059  01 OF 04  281501Z ETRD, IT", "ECON IT"),
    ],
)
def test_tags(printed: str, expected: str) -> None:
    assert parse_tags(f"{printed}\n\n1. (U) Text.") == expected.split()


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("TAGS: OVIP (ROE, JANE Q.), PREL", ["OVIP", "ROE, JANE Q.", "PREL"]),
        ("TAGS: OVIP ROE JANE PREL", ["OVIP", "ROE, JANE", "PREL"]),
        ("TAGS: OVIP ROE JANE Q PREL", ["OVIP", "ROE, JANE Q.", "PREL"]),
        ("TAGS: PINR ROE JANE DOE JOHN PREL", ["PINR", "ROE, JANE", "DOE, JOHN", "PREL"]),
        ("TAGS: OVIP STEINBERG JAMES", ["OVIP", "STEINBERG, JAMES B."]),
        ("TAGS: SNAR CONSULAR AFFAIRS", ["SNAR", "CONSULAR AFFAIRS"]),
        ("TAGS: KU COUNTRY\nCLEARANCE", ["KU", "COUNTRY CLEARANCE"]),
        ("TAGS: PREL MARITIME AFFAIRS", ["PREL", "MARITIME AFFAIRS"]),
        ("TAGS: PTER COUNTER\nTERRORISM JA", ["PTER", "COUNTER TERRORISM", "JA"]),
        ("TAGS: ELAB LABOR\nHUMAN RIGHTS\nSUBJECT: A", ["ELAB", "LABOR", "HUMAN RIGHTS"]),
        ("TAGS: ELAB LABOR HUMAN RIGHTSPOLMIL", ["ELAB", "LABOR", "HUMAN RIGHTS", "POLMIL"]),
        ("TAGS: CASC CONSULAR AFFAIRSDOMESTIC POLITICSPREL", ["CASC", "CONSULAR AFFAIRS", "DOMESTIC POLITICS", "PREL"]),
        ("TAGS: OVIP (ROE,\nJANE), PREL", ["OVIP", "ROE, JANE", "PREL"]),
    ],
)
def test_persons_and_topics(printed: str, expected: list[str]) -> None:
    assert parse_tags(printed) == expected
