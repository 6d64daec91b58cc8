"""A kept answer as its page shows it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from api.web.kept_view import difference_view, kept_row, kept_view
from rag.domain.access import OWNER, Clearance
from rag.domain.filters import Filters
from rag.domain.kept_answer import KeptAnswer, KeptQuestion, ReopenedAnswer, SourceStatus
from rag.domain.marking import Level
from tests.rag.kept import BELL, LAMP, answer_of

FIRST, SECOND, CABLE = "08QUILL1#1", "08QUILL1#2", "08QUILL1"
ANSWER = replace(answer_of((FIRST, LAMP), (SECOND, BELL), (CABLE, "It is of Quill.")), id="0" * 16)
ASKED = KeptQuestion("who lit it", Filters.of(["QUILL"]), frozenset(("date",)))
KEPT = KeptAnswer(ANSWER, ASKED, "a note", datetime(2008, 1, 2, 3, 4, tzinfo=UTC), "ada", {}, OWNER)


def opened(first: SourceStatus = "unchanged", withheld: int = 0) -> ReopenedAnswer:
    return ReopenedAnswer(KEPT, ANSWER, {FIRST: first, SECOND: "unchanged", CABLE: "unchanged"}, withheld)


@pytest.mark.parametrize(
    ("status", "path", "standing"),
    [
        ("unchanged", "/read/08QUILL1?mark=1.0-51#p1", "All of its 3 sources are as they were."),
        ("changed", "/read/08QUILL1#p1", "Of 3 sources: 2 as they were, 1 changed since."),
        ("gone", "", "Of 3 sources: 2 as they were, 1 not in the archive any more, or not for you."),
    ],
)
def test_each_source_says_what_became_of_it(status: SourceStatus, path: str, standing: str) -> None:
    view = kept_view(opened(status))
    assert (view.sources[0].status, view.sources[0].path, view.standing) == (status, path, standing)
    assert view.sources[0].quotes == (LAMP,) and view.sources[2].quotes == ()
    assert view.sentences[0].sources == (view.sources[0],) and view.sources[2].path == "/read/08QUILL1"


def test_a_kept_question_is_asked_with_its_conditions() -> None:
    view = kept_view(opened(withheld=2))
    assert (view.question, view.typed, view.withheld) == ("Who lit the lamp?", "who lit it", 2)
    assert view.ask == "/?q=Who+lit+the+lamp%3F&post=QUILL&without=date"
    assert (view.kept, view.by, view.note) == ("2 January 2008, 03:04 UTC", "ada", "a note")
    assert view.made[0] == ("Language model", "none: the sentences are quoted from the archive")


def test_an_erased_question_cannot_be_asked() -> None:
    erased = replace(KEPT, answer=replace(ANSWER, question="", quotes=(), sentences=()), asked=KeptQuestion(""))
    view = kept_view(ReopenedAnswer(erased, erased.answer, {}, 0))
    assert (view.question, view.ask, view.standing) == ("A question that was erased", "", "It cites nothing.")
    assert kept_row(erased, OWNER).question == "A question that was erased"


def test_the_list_shows_a_reader_of_less_the_question_as_typed() -> None:
    assert kept_row(KEPT, OWNER).question == "Who lit the lamp?"
    assert kept_row(KEPT, Clearance(Level.U)).question == "who lit it"


def test_what_differs_is_told() -> None:
    view = difference_view(opened("gone"), answer_of((SECOND, BELL), ("09QUILL2#1", "It burns.")))
    assert view.summary == "1 new, 2 no longer there, 1 the same"
    assert [each.text for each in view.added] == ["It burns."] and [each.text for each in view.same] == [BELL]
    assert [each.status for each in view.removed[0].sources] == ["gone"]
    assert [each.path for each in view.cited] == ["/read/09QUILL2?mark=1.0-9#p1"]
    assert view.dropped == (f"[{FIRST}]", CABLE)
    assert difference_view(opened(), ANSWER).summary == "The answer is the same, sentence by sentence."
