"""The archive as one reader sees it: what it shows, and the stream of an answer."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from rag.archive import Archive
from rag.domain.access import OWNER, Clearance
from rag.domain.answer import Answer, Sentence
from rag.domain.events import Answered, Event, Stated, Status
from rag.domain.filters import Filters
from rag.domain.marking import Level
from rag.errors import BadInput
from rag.pipeline import QuestionPipeline
from rag.query.query import Query
from rag.retrieval.scanner import Scanner
from rag.scoped_archive import ScopedArchive

QUESTION = Query("Whose idea was it to switch the Gannet Rock light on?")


def test_labels_are_citations_of_what_the_reader_may_see(sample: Archive) -> None:
    keys = [paragraph.key for paragraph in sample.search("What was decided about the harbour?", 20)]
    everything = sample.as_reader(OWNER).labels(keys)
    unclassified = sample.as_reader(Clearance(Level.U)).labels(keys)
    assert list(everything) == keys
    assert set(unclassified) < set(everything)


def test_a_search_brings_nothing_above_the_clearance(sample: Archive) -> None:
    found = sample.as_reader(Clearance(Level.U)).search("What was decided about the harbour?", 20)
    assert found and {paragraph.effective_marking for paragraph in found} == {"U"}


@pytest.mark.anyio
async def test_statuses_and_sentences_come_before_the_answer(sample: Archive) -> None:
    *events, last = [event async for event in sample.stream(QUESTION)]
    assert [event for event in events if isinstance(event, Status)] == [
        Status("searching"),
        Status("reading", 20),
        Status("writing", 20),
    ]
    assert isinstance(last, Answered)
    stated: list[Sentence] = [event.sentence for event in events if isinstance(event, Stated)]
    assert stated == list(last.answer.sentences) != []


class EndlessPipeline(QuestionPipeline):
    """Answers at once and then does not end; records that it was closed."""

    def __init__(self) -> None:
        self.ended = False

    async def events(self, ask: Query) -> AsyncGenerator[Event, None]:
        try:
            yield Status("searching")
            yield Answered(Answer(ask.question, "extractive"))
            await asyncio.Event().wait()
        finally:
            self.ended = True


class Answers:
    """Records the answers that are reported."""

    def __init__(self) -> None:
        self.questions: list[str] = []

    def answered(self, answer: Answer) -> None:
        self.questions.append(answer.question)

    def completed(self, seconds: float, failed: bool, read: int, written: int) -> None:
        raise AssertionError("no model is called")


@pytest.mark.anyio
async def test_closing_the_stream_ends_the_work(sample: Archive) -> None:
    pipeline = EndlessPipeline()
    events = archive_with(sample, pipeline).stream(QUESTION)
    assert await anext(events) == Status("searching")
    await events.aclose()
    assert pipeline.ended


@pytest.mark.anyio
async def test_cancelling_a_reader_of_the_stream_ends_the_work(sample: Archive) -> None:
    pipeline = EndlessPipeline()
    answered = asyncio.Event()

    async def read() -> None:
        async for event in archive_with(sample, pipeline).stream(QUESTION):
            if isinstance(event, Answered):
                answered.set()

    task = asyncio.ensure_future(read())
    await answered.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert pipeline.ended


@pytest.mark.anyio
async def test_an_observer_gets_the_answer(sample: Archive) -> None:
    answers = Answers()
    events = archive_with(sample, EndlessPipeline(), answers).stream(QUESTION)
    assert [type(await anext(events)) for _ in range(2)] == [Status, Answered]
    assert answers.questions == [QUESTION.question]
    await events.aclose()


def archive_with(sample: Archive, pipeline: QuestionPipeline, answers: Answers | None = None) -> ScopedArchive:
    scanner = Scanner(sample.catalog, sample.indexes.lexical)
    return ScopedArchive(sample.catalog, sample.indexes.lexical, sample.retriever, scanner, pipeline, answers)


def test_filters_are_checked_against_what_the_reader_sees(sample: Archive) -> None:
    with pytest.raises(BadInput, match="no cable of the post 'NOWHERE'"):
        sample.as_reader(OWNER).checked(Filters.of(["nowhere"]))
    assert sample.as_reader(OWNER).checked(Filters()) == Filters()
