"""Names out of the Classified By line."""

import pytest

from ingest.header.classified_by import parse_classified_by


@pytest.mark.parametrize(
    "title",
    """Ambassador; AMB; Amb.; Ambbassador; DCM; A/DCM; ADCM; Acting DCM; Deputy Chief of Mission; Deputy Cheif of Mission;
    Charge d'Affaires; Charge d'Affaires a.i.; Charge d' Affaires, a.i.,; Chargé d’Affaires; CHARGE D\\'AFFAIRES; CDA;
    Charge d'Affaires (CDA); Charge de Affaires; Charge; COM; Consul General; CG; Principal Officer; Political Counselor;
    Pol/Econ Counselor; Pol-Econ Counselor; E/P Chief; P/E Counselor; PolCouns; PolMinCouns; Ecmin; EMIN; EconOff; PolOff;
    POL MIN COUN; Political M/C; Political Minister-Counselor; A/Political Counselor; A E/MIN COUNS.; ESTOff; EST&H Officer;
    Minister Counselor for Economic and Political Affairs; Counselor for Political-Military Affiars; RSO; TDY RSO; A/LEGATT;
    Lieutenant Colonel; Col.; DAO Col.; Kirkuk PRT Team Leader; Anbar PRT Leader; REO Basrah Regional Coordinator; PAO;
    Deputy Assistant Secretary; Acting Director EUR/RUS; EUR/RUS Acting Director; NEA; PRM/AFR Dir.; T U/S; IO Acting A/S;
    Acting DAS for ISN; Special Representative for Afghanistan and Pakistan; Ambassador to Sudan; USUN Legal Adviser;
    U.S. Permanent Represenative Ambassador; Assistant Secretary of State for African Affairs; S/CT Coordinator; IPO;
    Director of the Office of Iranian Affairs; AIT DIR; Interagency Provincial Affairs Deputy Coordinator; Vice Consul;
    Classified by DCM; (U) Classified by CDA; This message classified by Econ Minister Counselor; 1. Classified by DCM; by DCM;
    (U) CDA; DCM -; RSO -; Deputy Chief of Mission:; Acting Pol/Econ Counselor:; DCM,""".replace("\n", " ").split("; "),
)
@pytest.mark.parametrize("name", ["Jane Q. Roe", "JANE Q. ROE"])
def test_title_and_name(title: str, name: str) -> None:
    line = f"Classified By: {title.strip()} {name} for reasons 1.4 (b) and (d)."
    if name.isupper():
        line = line.upper()
    assert parse_classified_by(f"\n{line}\n\n1. (C) Text.") == [name]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Jane Roe, Charge d'Affaires, a.i.; Reasons: 1.4", ["Jane Roe"]),
        ("JANE ROE, DEPUTY CHIEF OF\nMISSION.  REASON: 1.5 (D)", ["JANE ROE"]),
        ("Jane Roe, Acting Principal Officer, Bern, Department of State. REASON: 1.4", ["Jane Roe"]),
        ("Jane Roe, Director, INR/OPS, Reason: 1.4", ["Jane Roe"]),
        ("ISN - J. Q. ROE, ACTING FOR REASONS 1.4", ["J. Q. ROE"]),
        ("AF JANE ROE, ACTING AND S/CT DAS JOHN\nDOE ; E.O. 12958", ["JANE ROE", "JOHN DOE"]),
        ("Ambassador Jane Roe and DCM John Doe, reasons 1.4", ["Jane Roe", "John Doe"]),
        ("Acting DCM/Jane Roe for reasons 1.4", ["Jane Roe"]),
        ("DCM Jane Roe (acting) for reasons 1.4", ["Jane Roe"]),
        ("Consul General John Q. Doe, Jr.  REASON 1.5", ["John Q. Doe, Jr."]),
        ("Political Counselor John Q. Doe Jr. for reasons 1.4", ["John Q. Doe Jr."]),
        ("AMBASSADOR JOHN Q. DOE II FR REASONS 1.4", ["JOHN Q. DOE II"]),
        ("John Q. Doe ,Jr., DCM, for reasons 1.4", ["John Q. Doe, Jr."]),
        ("JOHN Q. DOE,JR., DCM, FOR REASONS 1.4", ["JOHN Q. DOE, JR."]),
        ("John Doe III. Reason 1.4", ["John Doe III"]),
        ("Econ Chief John DOE, Jr.; reasons 1.4", ["John DOE, Jr."]),
        ("DCM John Doe, Jr. This message is about dues", ["John Doe, Jr."]),
        ("DCM J. van den Roe for reasons 1.4", ["J. van den Roe"]),
        ("DCM D.C. O'Roe for reasons 1.4", ["D.C. O'Roe"]),
        ("Ambassador Mary Jane Roe-Doe for reasons 1.4", ["Mary Jane Roe-Doe"]),
        ("Ambassador Jane Major, reasons 1.4", ["Jane Major"]),
        ("CDA Chad Roe, reasons 1.4", ["Chad Roe"]),
        ("Ambassador Roe, reasons 1.4", ["Roe"]),
        ("AMB:JROE, Reasons 1.4", ["JROE"]),
        ("Jane Roe\n\nSUMMARY\n-------", ["Jane Roe"]),
        ("Jane Roe\n1. (U) Text", ["Jane Roe"]),
        ("Ambassador for reasons 1.4 (b)", []),
        ("Derived from DSCG 05-01, b and d", []),
        ("USUN for reasons 1.4", []),
        ("XXXXXXXXXXXX for reasons 1.4", []),
    ],
)
def test_forms_of_the_line(line: str, names: list[str]) -> None:
    assert parse_classified_by(f"\nClassified By: {line}\n") == names


@pytest.mark.parametrize(
    "reason",
    """for reasons 1.4 (b); , reason para 1.4 (b); . Reasons: 1.4; . Resons 1.5; for reaons 1.4; FOR RASONS 1.4; for 1.4 (b);
    per 1.4 (b); - 1.5 B,D.; : 1.5 B, D.; , 1.5 (D).; under Section 1.4 b/d; under 1.4 (b); based on E.O.12958 reasons 1.4;
    BASED UPON REASONS 1.5; for reasons EO 12958; ; E.O. 12958, reasons 1.4; fo Reasons: 1.4; reasons 1. 4; for reasons b, d.;
    for Re asons 1.4; for reason s 1.4; under Se ction 1.5; -reasons 1.4""".replace("\n", " ").split("; "),
)
def test_forms_of_the_reason(reason: str) -> None:
    assert parse_classified_by(f"Classified By: DCM Jane Q. Roe {reason.strip()}") == ["Jane Q. Roe"]


def test_lines_cut_at_column_71() -> None:
    line = "Classified By: Deputy Counselors for Northern Fisheries Affairs Jane Ro"
    assert len(line) == 71
    assert parse_classified_by(f"\n{line} \ne for reasons 1.4 (b)\n") == ["Jane Roe"]
    assert parse_classified_by(f"\n{line[:-2]}\nRoe for reasons 1.4 (b)\n") == ["Jane Roe"]


def test_within_paragraph_one() -> None:
    text = "SUBJECT: A\n\n1.  CONFIDENTIAL - ENTIRE TEXT.  CLASSIFIED BY DCM\nJANE ROE - 1.5 B,D.\n"
    assert parse_classified_by(text) == ["JANE ROE"]
    assert parse_classified_by("1.  CONFIDENTIAL - ENTIRE TEXT.  CLASSIFIED BY SECTION 1.5 (B).") == []


def test_sentences_of_the_body_are_not_read() -> None:
    assert parse_classified_by("1. (U) The paper had been classified by Minister Jane Roe as secret.") == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("ICASS Chair Thomas Roe for reason 1.4(b)", ["Thomas Roe"]),
        (
            "Embassy Oslo Coordinating Director for Development and Ec\nonomic Affairs E. Anton Roe for reasons 1.4 (b)",
            ["E. Anton Roe"],
        ),
        ("CHARGE D AFFAIRES JOAN ROE FOR REASONS 1.4 B AND D", ["JOAN ROE"]),
        ("PolEcon Chief Joan Roe; E.O. 12958, 1.4(b), (d).", ["Joan Roe"]),
    ],
)
def test_titles_of_real_telegrams(value: str, expected: list[str]) -> None:
    assert parse_classified_by(f"SUBJECT: X\n\nClassified By: {value}\n\n1. (C) Y.\n") == expected
