"""A cache of vectors by text, so that paragraphs which many questions retrieve are encoded once."""

import threading
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from cachetools import LRUCache

if TYPE_CHECKING:
    from numpy.typing import NDArray

_OVERHEAD = 200  # bytes of an entry besides its text and its array


class VectorCache:
    """The least recently used arrays are dropped beyond `max_bytes`. Safe for several threads."""

    def __init__(self, max_bytes: int) -> None:
        self._entries: LRUCache[str, tuple[str, NDArray[Any]]] = LRUCache(max_bytes, _size)
        self._lock = threading.Lock()

    def get(self, texts: Iterable[str]) -> "dict[str, NDArray[Any]]":
        """The arrays of those texts that are cached."""
        with self._lock:
            return {text: self._entries[text][1] for text in texts if text in self._entries}

    def put(self, arrays: "Mapping[str, NDArray[Any]]") -> None:
        """Cache these arrays too, except those that are larger than the whole cache."""
        with self._lock:
            for text, array in arrays.items():
                if _size(entry := (text, array)) <= self._entries.maxsize:
                    self._entries[text] = entry

    def clear(self) -> None:
        """Drop all arrays, and the texts they are of."""
        with self._lock:
            self._entries.clear()


def _size(entry: "tuple[str, NDArray[Any]]") -> int:
    text, array = entry
    return array.nbytes + 4 * len(text) + _OVERHEAD
