"""Progress bars on standard error, gone when the work ends."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text


@contextmanager
def stages() -> Iterator[Callable[[str, int, int], None]]:
    """A bar for each stage, shown from its first step on: call with its name, the steps done and the steps in all."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bars = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in bars:
                bars[stage] = progress.add_task(stage)
            progress.update(bars[stage], completed=done, total=total)

        yield show


class IngestBar:
    """What an ingest has read, and how much of that is encoded, which takes the most time."""

    def __init__(self, progress: Progress, waiting: int) -> None:
        """`waiting` cables are left to be indexed by an earlier ingest."""
        self._progress = progress
        self._waiting = waiting
        self._ended = False
        self._read = progress.add_task("read", total=None, of="")
        self._encoded = progress.add_task("encoded", total=None, of=f" of {waiting:,}")

    def read(self, to_index: bool) -> None:
        """One more cable was read; `to_index` where it is new or changed."""
        self._waiting += to_index
        self._progress.advance(self._read)
        total = self._waiting if self._ended else None
        self._progress.update(self._encoded, total=total, of=f" of {self._waiting:,}")

    def all_read(self) -> None:
        """No input is left: from now on it is known how much is to be indexed."""
        self._ended = True
        self._progress.update(self._read, total=self._progress.tasks[self._read].completed)
        self._progress.update(self._encoded, total=self._waiting)

    def encoded(self, further: int) -> None:
        """So many more cables are encoded; each is in both indexes soon after."""
        self._progress.advance(self._encoded, further)


class PaceColumn(ProgressColumn):
    """How many steps a second a task took so far, and at that pace how long the rest takes, where it is known."""

    def render(self, task: Task) -> Text:
        """Nothing before the first step."""
        if not task.completed or not task.elapsed:
            return Text()
        pace = task.completed / task.elapsed
        left = "" if not task.remaining else f", {timedelta(seconds=round(task.remaining / pace))} left"
        return Text(f"{pace:,.1f}/s{left}")


@contextmanager
def ingest_bar(waiting: int) -> Iterator[IngestBar]:
    """Two lines on standard error: cables read, and of these, encoded, with rate and time left."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=14),
        TextColumn("{task.completed:,.0f}{task.fields[of]} cables"),
        PaceColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield IngestBar(progress, waiting)


@contextmanager
def steps(stage: str, total: int) -> Iterator[Callable[[int], None]]:
    """One bar: call with the number of further steps done."""
    done = 0
    with stages() as show:

        def advance(further: int) -> None:
            nonlocal done
            done += further
            show(stage, done, total)

        yield advance
