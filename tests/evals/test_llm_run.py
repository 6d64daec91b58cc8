"""Questions asked of an archive, with what its model did: here of one without a model."""

from dataclasses import replace

import pytest

from evals.golden import GoldenQuestion
from evals.llm_run import AskedQuestion, ask_all, chosen
from evals.metrics import ScoredQuestion
from rag.archive import Archive
from tests.evals.invented import question, row

CRANES = GoldenQuestion(
    "cranes",
    "number",
    "How many cranes did the harbour master of Ostermere order?",
    (("07OSTERMERE10#1",),),
    (("forty",),),
)


def asked(**fields: object) -> AskedQuestion:
    return AskedQuestion(CRANES, row(**fields), ScoredQuestion("q", "fact", "tune", {}), 1.0, None, 1.0, 500)


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({"mode": "llm"}, "written"),
        ({"mode": "llm", "abstained": True, "reason": "it found none; cables mention it"}, "declined: it found none"),
        ({"mode": "extractive", "reason": "all was withheld; this is quoted"}, "quoted: all was withheld"),
        ({"mode": "extractive"}, "quoted: no model was asked"),
    ],
)
def test_an_answer_is_written_quoted_or_declined_and_why(fields: dict[str, object], outcome: str) -> None:
    assert asked(**fields).outcome == outcome


def test_the_questions_are_always_the_same_and_a_longer_run_holds_a_shorter_one() -> None:
    every = [question(f"q{number}") for number in range(50)]
    assert chosen(every[::-1], 10) == chosen(every, 10) == chosen(every, 20)[:10]
    assert len(chosen(every, 60)) == 50


def test_each_question_is_timed_and_scored(archive: Archive) -> None:
    told: list[AskedQuestion] = []
    unknown: GoldenQuestion = replace(CRANES, id="unknown", question="qwzx vbnm plkj", gold=(), facts=())
    first, second = ask_all(archive, [CRANES, unknown], told.append)
    assert told == [first, second]
    assert first.row["id"] == "cranes" and first.scored.scores["fact_recall"] == 1.0
    assert first.first is not None and 0 < first.first <= first.seconds and first.memory > 50
    assert second.first is None and second.outcome.startswith("declined: ")
