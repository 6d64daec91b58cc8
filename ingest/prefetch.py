"""Items computed in the background while earlier ones are used."""

import threading
from collections.abc import Generator, Iterable
from queue import Empty, Full, Queue
from typing import TypeVar

T = TypeVar("T")
_POLL_SECONDS = 0.1


def prefetched(items: Iterable[T], limit: int) -> Generator[T, None, None]:
    """The items in their order, computed in a background thread, at most `limit` before they are consumed.

    An exception of `items` is raised in its item's place. Closing the generator ends the thread after its current item.
    """
    ready: Queue[T | _Error | None] = Queue(limit)
    stopped = threading.Event()

    def put(item: "T | _Error | None") -> bool:
        while not stopped.is_set():
            try:
                ready.put(item, timeout=_POLL_SECONDS)
            except Full:
                continue
            return True
        return False

    def produce() -> None:
        try:
            if all(put(item) for item in items):
                put(None)
        except BaseException as error:  # noqa: BLE001 - raised in the consuming thread
            put(_Error(error))

    thread = threading.Thread(target=produce, name="prefetch")
    thread.start()
    try:
        while (item := _next(ready)) is not None:
            if isinstance(item, _Error):
                raise item.error
            yield item
    finally:
        stopped.set()
        thread.join()


class _Error:
    def __init__(self, error: BaseException) -> None:
        self.error = error


def _next(ready: "Queue[T | _Error | None]") -> "T | _Error | None":
    while True:
        try:
            return ready.get(timeout=_POLL_SECONDS)  # a wait without a timeout cannot be interrupted
        except Empty:
            continue
