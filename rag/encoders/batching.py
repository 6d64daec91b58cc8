"""Batches the calls of several threads: a model takes little longer for eight texts than for one."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


@dataclass(slots=True)
class _Call(Generic[T, R]):
    item: T
    result: R | None = None
    error: BaseException | None = None
    done: bool = False


class Batcher(Generic[T, R]):
    """Processes together all items that arrived while the previous batch was processed. A single call never waits."""

    def __init__(self, process: Callable[[list[T]], Sequence[R]], max_items: int) -> None:
        """`process` returns one result for each of up to `max_items` items, in order; one thread at a time calls it."""
        self._process = process
        self._max_items = max_items
        self._pending: list[_Call[T, R]] = []
        self._pending_lock = threading.Lock()
        self._process_lock = threading.Lock()

    def __call__(self, item: T) -> R:
        """The result for one item; blocks. An error of a batch is raised for each of its items."""
        call: _Call[T, R] = _Call(item)
        with self._pending_lock:
            self._pending.append(call)
        while not call.done:
            with self._process_lock:
                if not call.done:  # another thread may have processed it meanwhile
                    self._process_batch()
        if call.error is not None:
            raise call.error
        return call.result  # type: ignore[return-value] # done without an error: it is there

    def _process_batch(self) -> None:
        with self._pending_lock:
            calls, self._pending = self._pending[: self._max_items], self._pending[self._max_items :]
        try:
            for call, result in zip(calls, self._process([call.item for call in calls]), strict=True):
                call.result = result
        except BaseException as error:  # noqa: BLE001 - raised in each caller's own thread
            for call in calls:
                call.error = error
        finally:
            for call in calls:
                call.done = True
