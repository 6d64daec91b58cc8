"""Vectors of texts met lately, so that paragraphs which many questions lead to are encoded once."""

import threading
from collections import OrderedDict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

_OVERHEAD = 200  # bytes of an entry beside its text and its numbers


class Recall:
    """Arrays by text, up to `most_bytes`; what was longest not asked for goes first. Threads may share it."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._held: OrderedDict[str, NDArray[Any]] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def find(self, texts: Iterable[str]) -> "dict[str, NDArray[Any]]":
        """The arrays of those texts that are held."""
        found: dict[str, NDArray[Any]] = {}
        with self._lock:
            for text in texts:
                if text in self._held:
                    self._held.move_to_end(text)
                    found[text] = self._held[text]
        return found

    def keep(self, arrays: "dict[str, NDArray[Any]]") -> None:
        """Hold these too."""
        with self._lock:
            for text, array in arrays.items():
                if text not in self._held:
                    self._bytes += _size(text, array)
                self._held[text] = array
            while self._bytes > self._most_bytes:
                text, array = self._held.popitem(last=False)
                self._bytes -= _size(text, array)


def _size(text: str, array: "NDArray[Any]") -> int:
    return array.nbytes + 4 * len(text) + _OVERHEAD
