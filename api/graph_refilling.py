"""Making a damaged graph anew while the service answers."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from starlette.concurrency import run_in_threadpool

from rag.archive import Archive
from rag.errors import CablesError

_log = logging.getLogger("cables.index")
_LOOK_SECONDS = 30.0


@asynccontextmanager
async def graph_refilled(archive: Archive, seconds: float = _LOOK_SECONDS) -> AsyncIterator[None]:
    """Within the block a graph that was found damaged, at first or by a search later, is made anew.

    It is looked for every so many seconds. At the end of the block this is broken off.
    """
    stopped = asyncio.Event()

    def refill() -> None:
        try:
            archive.refill_graph(stopped=stopped.is_set)
        except CablesError as error:
            _log.error("Chroma's graph was not made anew: %s", error)

    async def watch() -> None:
        while not stopped.is_set():
            await run_in_threadpool(refill)
            with suppress(TimeoutError):
                await asyncio.wait_for(stopped.wait(), seconds)

    task = asyncio.create_task(watch())
    try:
        yield
    finally:
        stopped.set()
        await task
