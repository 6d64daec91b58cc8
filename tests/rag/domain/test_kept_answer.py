from dataclasses import replace
from datetime import UTC, date, datetime

from rag.domain.access import OWNER, Clearance
from rag.domain.filters import Filters
from rag.domain.kept_answer import KeptAnswer, KeptQuestion
from rag.domain.marking import Level
from tests.rag.kept import ASKED, answer_of

LOW, HIGH = Clearance(Level.U), Clearance(Level.S, noforn=True)
KEPT = KeptAnswer(answer_of(), ASKED, "a note", datetime(2026, 1, 2, tzinfo=UTC), "ada", {}, HIGH)


def test_a_question_comes_back_from_its_json() -> None:
    asked = KeptQuestion("Who?", Filters.of(["Quill"], ["PREL"], date(2008, 1, 2)), frozenset(("date", "tag")))
    assert KeptQuestion.from_json(asked.json()) == asked


def test_who_may_see_as_much_as_the_reader_who_was_answered() -> None:
    assert [KEPT.is_within(reader) for reader in (LOW, Clearance(Level.TS), HIGH, OWNER)] == [False, False, True, True]
    of_owner = replace(KEPT, clearance=OWNER)
    assert [of_owner.is_within(reader) for reader in (HIGH, OWNER)] == [False, True]


def test_the_standalone_question_is_for_those_who_may_see_as_much() -> None:
    assert KEPT.listed(HIGH)["question"] == "Who lit the lamp?"
    assert KEPT.listed(LOW) == {
        "id": None, "question": "who lit it", "note": "a note", "kept": "2026-01-02T00:00:00Z", "by": "ada",
    }  # fmt: skip
