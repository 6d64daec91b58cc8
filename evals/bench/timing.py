"""Times of calls, and percentiles of them."""

import time
from collections.abc import Sequence
from typing import Any

import numpy as np


class TimedCalls:
    """A proxy of a collaborator that adds the seconds spent in its methods to `spent[name]`."""

    def __init__(self, inner: object, name: str, spent: dict[str, float]) -> None:
        self._inner, self._name, self._spent = inner, name, spent

    def __getattr__(self, attribute: str) -> Any:
        value = getattr(self._inner, attribute)
        if not callable(value):
            return value

        def timed(*args: Any, **kwargs: Any) -> Any:
            started = time.perf_counter()
            try:
                return value(*args, **kwargs)
            finally:
                self._spent[self._name] += time.perf_counter() - started

        return timed


def percentiles_ms(seconds: Sequence[float]) -> dict[str, float]:
    """p50 and p95 in milliseconds."""
    p50, p95 = (round(float(np.percentile(seconds, percent)) * 1000, 1) for percent in (50, 95))
    return {"p50_ms": p50, "p95_ms": p95}
