"""Names that are in the sources in some form, and names that are not."""

import pytest

from rag.answers.name_support import missing_names, spelled_otherwise

EVIDENCE = (
    "FM Lavrov told the Iraqis in Moscow that the PRT of the GOI and Ahmadi-Nejad's envoy, a Russian, would meet the "
    "Foreign Minister. The Southern African Development Community sent Wilkinson."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "The Russian foreign minister, Lavrov, spoke to Iraq.",
        "Ahmadinejad sent an envoy to the Provincial Reconstruction Team.",
        "The Government of India was told by Washington.",
        "It was SADC that sent Mr. Wilkinsons.",
        "Brigadier General Wilkinson met the Political Counselor.",
    ],
)
def test_names_in_another_form_are_not_missing(sentence: str) -> None:
    assert missing_names(sentence, EVIDENCE) == []


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("It was Russell who told the Iraqis.", ["Russell"]),
        ("Lavrov told the French.", ["French"]),
        ("The NSC met Lavrov.", ["NSC"]),
        ("Lavrenko told the Iraqis.", ["Lavrenko"]),
        ("Pavel Ruben Tamm told the Iraqis.", ["Pavel", "Ruben", "Tamm"]),
        ("North Korea and the European Union spoke.", ["North", "Korea", "European", "Union"]),
        ("The Defense Minister spoke.", ["Defense"]),
    ],
)
def test_other_names_are(sentence: str, missing: list[str]) -> None:
    assert missing_names(f"As told, {sentence}", EVIDENCE) == missing


def test_whoever_the_question_names_may_be_in_the_evidence_by_initials() -> None:
    sentence, question = "As told, Mohammed bin Zayed spoke.", "What did Mohammed bin Zayed say?"
    assert missing_names(sentence, "MbZ spoke.", question) == []
    assert missing_names(sentence, "MbZ spoke.") == ["Mohammed", "Zayed"]
    assert missing_names(sentence, "MbR spoke.", question) == ["Mohammed", "Zayed"]


@pytest.mark.parametrize(
    ("question", "evidence", "found"),
    [
        ("What did Ismail Khan's ministry need?", "Minister Ismael Khan spoke.", ["Ismail"]),
        ("What did Hamid Karzay need?", "Hamid Karzai spoke.", ["Karzay"]),
        ("What did Ismail Khan need?", "Ismael Shah spoke.", []),
        ("What did Ismail Khan need?", "Imran Khan spoke.", []),
        ("What did Gaddafi need?", "Qadhafi spoke.", ["Gaddafi"]),
        ("What did Gaddafi need?", "Khadafi spoke.", []),
    ],
)
def test_a_name_of_the_question_may_be_spelled_otherwise(question: str, evidence: str, found: list[str]) -> None:
    assert spelled_otherwise(question, {"Gaddafi": ("Qadhafi",)}, evidence) == found
