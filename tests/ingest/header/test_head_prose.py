"""Text in the head that is no field."""

import pytest

from ingest.header.head_prose import is_prose, is_sentence, prose_beside
from tests.ingest.documents import one, telegram


def _with(reference: str, rest: str = "1. (U) Rain fell.\n\nSULLIVAN\n") -> str:
    return f"{telegram().partition('1. (U)')[0].rstrip()}\n\n{reference}\n{rest}"


@pytest.mark.parametrize(
    ("reference", "text"),
    [
        (
            "REF: HARARE 900\nThe embassy reports that it rained.\nIt rained all day.",
            "The embassy reports that it rained. It rained all day.",
        ),
        ("REF: HARARE 900 (NOTAL)\nRain fell. The police came.", "Rain fell. The police came."),
        ("REFS: A) HARARE 900\nB) LUSAKA 33\nAction request in paragraph 3.", "Action request in paragraph 3."),
        (
            "REF: HARARE 900\nEMBASSY REPORTS THAT THE STATION WAS CLOSED BY ORDER OF THE\nMINISTRY ON MONDAY.",
            "EMBASSY REPORTS THAT THE STATION WAS CLOSED BY ORDER OF THE MINISTRY ON MONDAY.",
        ),
    ],
)
def test_text_below_a_list_of_references_is_a_paragraph(reference: str, text: str) -> None:
    cable = one(_with(reference))
    assert [(str(each.key.locator), each.text) for each in cable.paragraphs] == [("0", text), ("1", "Rain fell.")]
    assert cable.references[0] == "02HARARE900"
    assert [each.text for each in one(_with(reference, "\nSULLIVAN\n")).paragraphs] == [text]


def test_text_beside_the_references_is_named() -> None:
    cable = one(_with("REF: HARARE 900 The embassy reports that the station was closed by order of 12 men."))
    assert any("the station was closed" in problem for problem in cable.problems)


@pytest.mark.parametrize(
    "reference",
    [
        "REF: (A) HARARE 900 (B) HARARE 910 (NOTAL) (C) SMITH-JONES TELCON\nOF MAY 2 ON THE NEW RULES FOR THE PRESS AND RADIO",
        "REF: A. HARARE 900 (on the visit of the minister\nto the city and his talks there) B. LUSAKA 33",
        "REF: A. HARARE 900\nB. Smith email on rules",
    ],
)
def test_lists_of_references_go_on(reference: str) -> None:
    assert [str(each.key.locator) for each in one(_with(reference)).paragraphs] == ["1"]


def test_sentences() -> None:
    assert is_prose("It rained all day long.", ["REF: HARARE 900"]) and not is_prose(
        "B. LUSAKA 33", ["REF: A. HARARE 900"]
    )
    assert is_sentence("It rained all day.") and not is_sentence("E.O. 12958: N/A")
    assert prose_beside("REF: HARARE 900 (a long remark that was written here)") is None
