"""Token vectors of the texts last encoded: what ranking has read, answering reads again at once."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_TEXTS = 128
"""A text of 256 tokens takes 200 kB in half precision."""


class TokenMemory:
    """Remembers the last `MOST_TEXTS` texts; safe for several threads."""

    def __init__(self, encode: "Callable[[list[str]], list[NDArray[np.float32]]]") -> None:
        self._encode = encode
        self._held: OrderedDict[str, NDArray[np.float16]] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, texts: list[str]) -> "list[NDArray[np.float32]]":
        """The matrices of these texts, in order; only those not remembered are encoded."""
        import numpy as np

        with self._lock:
            found = {text: self._held[text] for text in texts if text in self._held}
        new = [text for text in dict.fromkeys(texts) if text not in found]
        if new:
            found |= zip(new, (matrix.astype(np.float16) for matrix in self._encode(new)), strict=True)
        with self._lock:
            for text in dict.fromkeys(texts):
                self._held[text] = found[text]
                self._held.move_to_end(text)
            while len(self._held) > MOST_TEXTS:
                self._held.popitem(last=False)
        return [found[text].astype(np.float32) for text in texts]
