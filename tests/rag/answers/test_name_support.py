"""Names that are in the sources in some form, and names that are not."""

import pytest

from rag.answers.name_support import missing_names

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
