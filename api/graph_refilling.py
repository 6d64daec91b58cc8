"""Making a damaged graph of vectors anew while the service answers."""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.concurrency import run_in_threadpool

from rag.archive import Archive
from rag.errors import CablesError

_log = logging.getLogger("cables.index")


@asynccontextmanager
async def graph_refilled(archive: Archive) -> AsyncIterator[None]:
    """The graph is made anew within the block if it was found damaged; at its end this is broken off."""
    stop = threading.Event()

    def refill() -> None:
        try:
            archive.refill_graph(stopped=stop.is_set)
        except CablesError as error:
            _log.error("the graph of vectors was not made anew: %s", error)

    task = asyncio.create_task(run_in_threadpool(refill))
    try:
        yield
    finally:
        stop.set()
        await task
