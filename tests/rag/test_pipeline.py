import pytest

from rag.archive import Archive
from rag.domain.events import Answered, Event, Stated, Status
from rag.query.conversation import Turn
from rag.query.query import Query


async def events_of(archive: Archive, query: Query) -> list[Event]:
    return [event async for event in archive.stream(query)]


@pytest.mark.anyio
async def test_the_stages_come_in_order_and_the_answer_last(sample: Archive) -> None:
    events = await events_of(sample, Query("How far will the wheat duty fall, and by when?"))
    stages = [event.stage for event in events if isinstance(event, Status)]
    assert stages == ["searching", "reading", "writing"]
    assert isinstance(events[-1], Answered)
    stated = [event.sentence for event in events if isinstance(event, Stated)]
    assert tuple(stated) == events[-1].answer.sentences
    timings = events[-1].answer.timings_ms
    assert timings["total"] == pytest.approx(timings["retrieval"] + timings["answer"], abs=0.11)


@pytest.mark.anyio
async def test_small_talk_is_answered_without_a_search(sample: Archive) -> None:
    stated, answered = await events_of(sample, Query("Hello!"))
    assert isinstance(stated, Stated) and isinstance(answered, Answered)
    assert not answered.answer.retrieved


@pytest.mark.anyio
async def test_a_follow_up_keeps_the_conditions_of_the_question_before(sample: Archive) -> None:
    turns = (Turn("user", "In cables sent from Ostermere in 2008, what about the wheat duty?"),)
    *_, answered = await events_of(sample, Query("and when?", turns=turns))
    assert isinstance(answered, Answered)
    filters = {(each.field, each.value) for each in answered.answer.filters}
    assert {("post", "OSTERMERE"), ("date_from", "2008-01-01")} <= filters
    assert "wheat duty" in answered.answer.question
