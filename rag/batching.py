"""Calls that are made at the same time, done together: a model takes eight texts in little more time than one."""

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
    """Makes one call of all that came while the one before was at work. A call that comes alone never waits."""

    def __init__(self, work: Callable[[list[T]], Sequence[R]], most: int) -> None:
        """`work` gives one result an item, in order; one thread at a time calls it, with `most` items or fewer."""
        self._work = work
        self._most = most
        self._waiting: list[_Call[T, R]] = []
        self._arriving = threading.Lock()
        self._working = threading.Lock()

    def __call__(self, item: T) -> R:
        """The result for one item; blocks. An error of the work is everybody's whose item was in it."""
        call: _Call[T, R] = _Call(item)
        with self._arriving:
            self._waiting.append(call)
        while not call.done:
            with self._working:
                if not call.done:  # nobody has done it while this thread waited for its turn
                    self._work_off()
        if call.error is not None:
            raise call.error
        return call.result  # type: ignore[return-value] # done without an error: it is there

    def _work_off(self) -> None:
        with self._arriving:
            calls, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
        try:
            for call, result in zip(calls, self._work([call.item for call in calls]), strict=True):
                call.result = result
        except BaseException as error:  # noqa: BLE001 - raised in each caller's own thread
            for call in calls:
                call.error = error
        finally:
            for call in calls:
                call.done = True
