"""The LangChain interfaces: blocking and asynchronous callers, one after the other, concurrent and interrupted."""

import asyncio
import os
import signal
import threading
from collections.abc import AsyncGenerator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rag.archive import Archive
from rag.chain import BackgroundLoop, answer_chain
from rag.domain.answer import Answer
from rag.domain.events import Answered, Event, Status
from rag.errors import ModelFailed
from rag.pipeline import QuestionPipeline
from rag.query.query import Query
from rag.settings import Settings
from tests.rag.answers.scripted import QUESTION, RIGHT
from tests.rag.openai_server import ModelReply, Scripted, openai_server


@pytest.fixture
def with_model(sample_store: Path) -> Iterator[tuple[Archive, Scripted]]:
    """The sample archive with a scripted model, and that model's server, which keeps connections alive."""
    with openai_server([ModelReply(RIGHT)]) as server:
        settings = Settings(
            store=sample_store, llm="openai:scripted", llm_base_url=server.url, llm_api_key="key", llm_timeout=5
        )
        with Archive(settings, wait=10) as archive:
            yield archive, server


def assert_from_model(answer: Answer) -> None:
    assert (answer.mode, answer.reason) == ("llm", None)


def test_calls_may_come_from_one_event_loop_after_another(with_model: tuple[Archive, Scripted]) -> None:
    archive, server = with_model
    for _ in range(2):
        assert_from_model(archive.chain.invoke(Query(QUESTION)))
        assert_from_model(asyncio.run(archive.chain.ainvoke(Query(QUESTION))))
    assert len(server.prompts) == 4  # none of them was a retry


@pytest.mark.anyio
async def test_a_blocking_call_may_come_from_a_running_event_loop(with_model: tuple[Archive, Scripted]) -> None:
    archive, server = with_model
    assert_from_model(archive.chain.invoke(Query(QUESTION)))
    assert_from_model(await archive.chain.ainvoke(Query(QUESTION)))
    assert len(server.prompts) == 2


async def running_loop() -> asyncio.AbstractEventLoop:
    await asyncio.sleep(0)
    return asyncio.get_running_loop()


def test_concurrent_first_calls_share_one_loop() -> None:
    background, barrier = BackgroundLoop(), threading.Barrier(8)

    def call(_: int) -> asyncio.AbstractEventLoop:
        barrier.wait()
        return background.run(running_loop())

    with ThreadPoolExecutor(8) as callers:
        assert len(set(callers.map(call, range(8)))) == 1


def test_an_error_of_the_work_reaches_the_caller() -> None:
    async def failing() -> None:
        raise ModelFailed("no reply")

    with pytest.raises(ModelFailed, match="no reply"):
        BackgroundLoop().run(failing())


def test_a_blocking_call_on_the_loop_itself_is_an_error_instead_of_a_deadlock() -> None:
    background = BackgroundLoop()

    async def outer() -> object:
        return background.run(running_loop())

    with pytest.raises(RuntimeError, match="ainvoke"):
        background.run(outer())


def test_a_forked_process_starts_a_loop_of_its_own() -> None:
    background = BackgroundLoop()
    background.run(running_loop())
    child = os.fork()
    if child == 0:  # the child must not return into pytest
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(10)
        code = 1
        try:
            background.run(running_loop())
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    assert status == 0


class InterruptedPipeline(QuestionPipeline):
    """Work in whose midst the user presses Ctrl-C; records how it ended."""

    def __init__(self) -> None:
        self.ended = ""

    async def events(self, ask: Query) -> AsyncGenerator[Event, None]:
        yield Status("searching")
        os.kill(os.getpid(), signal.SIGINT)
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.ended = "cancelled"
            raise
        yield Answered(Answer(ask.question, "extractive"))


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Ctrl-C raises KeyboardInterrupt, also where the tests run in the background of a shell."""
    previous = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, previous)


@pytest.mark.usefixtures("interruptible")
def test_a_caller_interrupted_at_any_step_cancels_the_work_and_waits_for_its_end() -> None:
    for _ in range(100):
        pipeline = InterruptedPipeline()
        with pytest.raises(KeyboardInterrupt):
            answer_chain(pipeline).invoke(Query(QUESTION))
        assert pipeline.ended == "cancelled"
