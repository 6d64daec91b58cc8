from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from api.http.keeping_service import asked_again, keeping, kept_question, query_again
from rag.domain.access import OWNER
from rag.domain.events import Answered, Event, Status
from rag.domain.filters import Filters
from rag.domain.kept_answer import KeptAnswer, KeptQuestion, ReopenedAnswer
from rag.errors import BadInput
from rag.query.query import Query
from tests.rag.kept import BELL, LAMP, answer_of

FILTERS = Filters.of(["Quill"])
KEPT = KeptAnswer(
    answer_of(("08QUILL1#1", LAMP)),
    KeptQuestion("it?", FILTERS),
    "",
    datetime(2026, 1, 2, tzinfo=UTC),
    "ada",
    {},
    OWNER,
)
OPENED = ReopenedAnswer(KEPT, KEPT.answer, {"08QUILL1#1": "unchanged"}, 0)


@pytest.mark.anyio
async def test_the_answer_is_kept_before_it_is_handed_on() -> None:
    closed: list[bool] = []

    async def events() -> AsyncGenerator[Event, None]:
        try:
            yield Status("searching")
            yield Answered(KEPT.answer)
        finally:
            closed.append(True)

    found = [event async for event in keeping(events(), lambda answer: replace(answer, id="its id"))]
    assert found == [Status("searching"), Answered(replace(KEPT.answer, id="its id"))]
    assert closed == [True]


def test_what_is_asked_again_is_what_was_asked_standing_alone() -> None:
    asked = Query("it?", FILTERS, frozenset(("date",)))
    assert kept_question(asked) == KeptQuestion("it?", FILTERS, frozenset(("date",)))
    assert query_again(OPENED) == Query("Who lit the lamp?", FILTERS)
    erased = replace(OPENED, answer=replace(KEPT.answer, question=""))
    assert query_again(erased).question == "it?"
    with pytest.raises(BadInput, match="was erased"):
        query_again(replace(erased, kept=replace(KEPT, asked=KeptQuestion(""))))


def test_the_answer_of_today_and_what_differs() -> None:
    done = asked_again(OPENED, after := answer_of(("08QUILL1#2", BELL)))
    assert done["answer"] == after.json()
    assert [each["text"] for each in done["sentences"]["removed"]] == [LAMP]
