"""Work that goes on while its results are used."""

import threading
from collections.abc import Generator, Iterable
from queue import Empty, Full, Queue
from typing import TypeVar

T = TypeVar("T")
_LOOK_SECONDS = 0.1


def ahead(items: Iterable[T], most: int) -> Generator[T, None, None]:
    """The items in their order, made in a thread of its own, `most` of them before they are asked for.

    An error comes in its item's place. When the iterator is closed the thread ends after the item it is at.
    """
    ready: Queue[T | _Error | None] = Queue(most)
    stopped = threading.Event()

    def give(item: "T | _Error | None") -> bool:
        while not stopped.is_set():
            try:
                ready.put(item, timeout=_LOOK_SECONDS)
            except Full:
                continue
            return True
        return False

    def work() -> None:
        try:
            if all(give(item) for item in items):
                give(None)
        except BaseException as error:  # noqa: BLE001 - raised in the thread that asks
            give(_Error(error))

    thread = threading.Thread(target=work, name="ahead")
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
            return ready.get(timeout=_LOOK_SECONDS)  # a wait without end could not be interrupted
        except Empty:
            continue
