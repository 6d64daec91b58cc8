"""The serial numbers of a post's cables, which run through a year."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any


@dataclass(frozen=True, slots=True, order=True)
class SerialRange:
    """The serials from `first` to `last`, both included."""

    first: int
    last: int

    @property
    def count(self) -> int:
        """How many serials these are."""
        return self.last - self.first + 1

    def json(self) -> dict[str, Any]:
        """The JSON object of a gap."""
        return {"first": self.first, "last": self.last, "count": self.count}

    def __str__(self) -> str:
        return f"{self.first:,}" if self.count == 1 else f"{self.first:,} to {self.last:,}"


def gaps_between(serials: Iterable[int]) -> tuple[SerialRange, ...]:
    """The serials that are missing between the lowest and the highest of these, in order."""
    held = sorted(set(serials))
    return tuple(SerialRange(one + 1, other - 1) for one, other in pairwise(held) if other > one + 1)
