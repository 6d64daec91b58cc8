"""A service over a store whose graph was lost."""

import asyncio
import logging
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from api.graph_refilling import graph_refilled
from rag.archive import Archive
from rag.errors import StoreUnavailable
from rag.settings import Settings
from tests.api.clients import client_of
from tests.api.small_archive import small_store
from tests.processes import until


def test_a_lost_graph_is_made_anew_while_questions_are_answered(tmp_path: Path) -> None:
    shutil.rmtree(small_store(tmp_path) / "chroma")
    with client_of(Settings(store=tmp_path)) as client:
        body = {"messages": [{"role": "user", "content": "What did Quaxworth hide?"}]}
        assert client.post("/chat", json=body).json()["citations"][0]["key"] == "08QUILL1#1"
        until(lambda: client.get("/readyz").json()["graph"] is None, 30, "the graph made anew")
        assert "cables_graph_damaged 0.0" in client.get("/metrics").text
    with Archive(Settings(store=tmp_path)) as archive:
        assert archive.indexes.vectors.graph.fault is None and archive.audit().agrees


class Damaged(Archive):
    """An archive whose graph cannot be made anew before it is told to stop, or not at all."""

    def __init__(self, full: bool) -> None:
        self.full, self.stopped = full, False

    def refill_graph(
        self, progress: Callable[[int], None] = lambda done: None, stopped: Callable[[], bool] = lambda: False
    ) -> bool:
        """Wait to be stopped, or fail."""
        if self.full:
            raise StoreUnavailable("only 3 MB are free")
        until(stopped, 10, "being told to stop")
        self.stopped = True
        return True


class Failing(Archive):
    """An archive whose graph is found damaged later."""

    def __init__(self) -> None:
        self.asked = 0

    def refill_graph(
        self, progress: Callable[[int], None] = lambda done: None, stopped: Callable[[], bool] = lambda: False
    ) -> bool:
        """Count."""
        self.asked += 1
        return False


def test_it_is_looked_after_while_the_service_runs() -> None:
    archive = Failing()

    async def run() -> None:
        async with graph_refilled(archive, seconds=0.01):
            while archive.asked < 3:
                await asyncio.sleep(0.01)

    asyncio.run(run())
    assert archive.asked >= 3


async def used(archive: Archive) -> None:
    async with graph_refilled(archive):
        await asyncio.sleep(0)


def test_a_service_that_stops_breaks_it_off() -> None:
    archive = Damaged(full=False)
    asyncio.run(used(archive))
    assert archive.stopped


def test_a_full_disk_is_told_and_the_service_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        asyncio.run(used(Damaged(full=True)))
    assert "not made anew: only 3 MB are free" in caplog.text
