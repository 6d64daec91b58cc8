"""Memory and open files of the service over time, and whether they grow."""

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import theilslopes

WARM_UP = 1 / 3
"""Share of a process's samples at its beginning that are not judged: caches fill."""
MOST_GROWTH = 0.05
"""Growth over the judged time, as a share of its median, that still counts as flat."""
LEAST_GROWTH = {"memory_mb": 24.0, "handles": 12.0}
"""Growth that counts as flat whatever its share: the flat index adds files until it merges them, caches fill late."""
LEAST_SAMPLES = 8
"""Fewer judged samples tell nothing."""


@dataclass(frozen=True, slots=True)
class UsageSample:
    """What a process and its workers used at a time: memory of their own (RssAnon) in MB, and open file handles."""

    pid: int
    at: float
    memory_mb: float
    handles: int


@dataclass(frozen=True, slots=True)
class Trend:
    """How a series went: median, growth over the judged time, whether it is flat (None: too short to tell)."""

    median: float
    growth: float
    per_hour: float
    flat: bool | None

    def json(self) -> dict[str, Any]:
        """For the result."""
        fields = {"median": self.median, "growth": self.growth, "per_hour": self.per_hour}
        return {name: round(value, 1) for name, value in fields.items()} | {"flat": self.flat}


class Sampler:
    """Takes a sample every so many seconds until `stop` is set."""

    def __init__(self, pid: Callable[[], int], seconds: float, stop: threading.Event) -> None:
        """`pid` gives the process of the moment, or 0."""
        self._pid, self._seconds, self._stopped = pid, seconds, stop
        self.samples: list[UsageSample] = []

    def run(self) -> None:
        """Take samples."""
        while not self._stopped.wait(self._seconds):
            if pid := self._pid():
                with suppress(OSError, StopIteration):  # it has just ended
                    self.samples.append(sample(pid))


def sample(pid: int) -> UsageSample:
    """What a process and its workers use now.

    Raises:
        OSError: there is no such process any more.
    """
    at, memory, handles = time.monotonic(), 0, 0
    for process in map(Path, _family(pid)):
        lines = (process / "status").read_text(encoding="utf-8").splitlines()
        memory += next(int(line.split()[1]) for line in lines if line.startswith("RssAnon"))
        handles += sum(1 for _ in (process / "fd").iterdir())
    return UsageSample(pid, at, memory / 1024, handles)


def _family(pid: int) -> Iterator[str]:
    """The folders in /proc of a process and of all that it started."""
    yield f"/proc/{pid}"
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text(encoding="utf-8").split():
            yield from _family(int(child))


def longest_life(samples: Sequence[UsageSample]) -> list[UsageSample]:
    """The samples of the process that ran longest."""
    lives: dict[int, list[UsageSample]] = defaultdict(list)
    for each in samples:
        lives[each.pid].append(each)
    return max(lives.values(), key=lambda life: life[-1].at - life[0].at, default=[])


def trend(times: Sequence[float], values: Sequence[float], least: float = 0.0) -> Trend:
    """How values at these times (in seconds) went after the warm-up; growth up to `least` is flat anyhow.

    The slope is the median of those between all pairs (Theil and Sen), which a few peaks do not bend.
    """
    first = int(len(times) * WARM_UP)
    times, values = times[first:], values[first:]
    if len(times) < LEAST_SAMPLES:
        return Trend(float(np.median(values)) if len(values) else 0.0, 0.0, 0.0, None)
    slope, median = float(theilslopes(values, times)[0]), float(np.median(values))
    growth = slope * (times[-1] - times[0])
    return Trend(median, growth, slope * 3600, growth <= max(least, MOST_GROWTH * median))


def trends(samples: Sequence[UsageSample]) -> dict[str, Trend]:
    """Of the process that ran longest: its memory in MB and its open files."""
    life = longest_life(samples)
    times = [each.at for each in life]
    series = {"memory_mb": [each.memory_mb for each in life], "handles": [float(each.handles) for each in life]}
    return {name: trend(times, values, LEAST_GROWTH[name]) for name, values in series.items()}
