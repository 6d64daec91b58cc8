"""Progress bars on standard error, gone when the work ends."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn


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
