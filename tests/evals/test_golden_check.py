from dataclasses import replace

import pytest

from evals.golden import GoldenQuestion, GoldenSet, half
from evals.golden_check import GoldenFinding, check_golden, findings_table
from rag.archive import Archive
from tests.evals.invented import ORCHARD, question

CRANES = question("cranes", (("07OSTERMERE10#1",),), (("forty",),))
HIVES = GoldenQuestion(
    "hives", "why", "Why did beekeepers object to the pear tax?", (("07QUILLHAVEN20#2",),), (("hives",),)
)


def found(archive: Archive, *questions: GoldenQuestion) -> list[tuple[str, str, str]]:
    return [(each.weight, each.where, each.what) for each in check_golden(archive, GoldenSet("harbour", questions))]


def test_sound_questions_have_no_finding(archive: Archive) -> None:
    assert found(archive, CRANES, HIVES) == []


def test_gold_that_is_not_there(archive: Archive) -> None:
    [finding] = found(archive, replace(HIVES, gold=(("07QUILLHAVEN20#9",),)))
    assert finding == ("wrong", "hives", "gold 07QUILLHAVEN20#9: the archive has no such paragraph")


def test_an_alternative_that_gold_lacks_is_a_candidate(archive: Archive) -> None:
    tax = question("tax", (("07QUILLHAVEN20#2",),), (("tax",),))
    assert ("to be read", "tax", "07QUILLHAVEN20#1 states the facts that gold 07QUILLHAVEN20#2 states") in found(
        archive, replace(tax, question="What about the pear tax?")
    )
    assert found(archive, replace(HIVES, facts=(("ive",),))) == []  # whole words alone are facts


def test_a_question_to_be_declined_that_evidence_is_near_to(archive: Archive) -> None:
    answered = GoldenQuestion("answered", "unanswerable", ORCHARD[1])
    findings = found(archive, CRANES, HIVES, answered)
    assert ("to be read", "answered", "07QUILLHAVEN20#2 is nearer to it than evidence is to most other questions; "
            "does it answer?") in findings  # fmt: skip
    unheard = GoldenQuestion("unheard", "unanswerable", "What did the bishop eat on the voyage to the moon?")
    assert found(archive, CRANES, HIVES, unheard) == []


def test_questions_that_ask_the_same(archive: Archive) -> None:
    findings = found(archive, HIVES, replace(HIVES, id="again", question="why did beekeepers object to the pear tax"))
    assert findings == [("wrong", "again", "asks what hives asks")]
    near = found(archive, HIVES, replace(HIVES, id="near", question="Why did the beekeepers object to the pear tax?"))
    assert near == [("to be read", "near", "asks nearly what hives asks")]


def test_uneven_halves(archive: Archive) -> None:
    tune = [name for name in (f"q{number}" for number in range(80)) if half(name) == "tune"][:20]
    words = ("crane", "guild", "lamp", "fleet", "pear", "hive", "storm", "crown", "valley", "season")
    questions = [
        replace(CRANES, id=name, question=f"{words[number % 10]} {words[-1 - number // 10]} {number} what is it?")
        for number, name in enumerate(tune)
    ]
    assert ("to be read", "harbour", "uneven halves: 20 tune, 0 test; add questions to the smaller") in found(
        archive, *questions
    )


def test_what_cannot_be_checked_is_said(archive: Archive) -> None:
    [finding] = found(archive, replace(CRANES, gold=(("07FALLOWGATE3#1",),)))
    assert finding == ("to be read", "cranes", "not checked: the archive lacks a cable of its evidence")


@pytest.mark.parametrize("weight", ["wrong", "to be read"])
def test_a_table_counts_what_is_wrong(weight: str) -> None:
    finding = GoldenFinding("wrong" if weight == "wrong" else "to be read", "cranes", "something")
    table = findings_table(GoldenSet("harbour", (CRANES,)), [finding])
    assert table.rows == [["cranes", weight, "something"]]
    assert f"{int(weight == 'wrong')} findings that are wrong" in table.note
