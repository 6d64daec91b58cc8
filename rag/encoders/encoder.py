"""What every way of computing a sentence-transformers model offers."""

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Encoder(Protocol):
    """A model that is computed in one precision. Not safe for several threads at once."""

    precision: str
    """What it computes with, for messages: `bfloat16`, `OpenVINO int8`."""

    texts_per_call: int
    """How many texts a caller that has many should pass at once."""

    def sentences(self, texts: list[str]) -> "NDArray[np.float32]":
        """Unit vectors of texts that are searched, shape (len(texts), dimensions)."""

    def questions(self, texts: list[str]) -> "NDArray[np.float32]":
        """Unit vectors of questions; a model may encode them in another way than what it is to find."""

    def tokens(self, texts: list[str]) -> "list[NDArray[np.float32]]":
        """Unit vectors of each text's tokens including [CLS] and [SEP], shape (tokens, dimensions) for each text."""


def unit(matrix: "NDArray[np.float32]") -> "NDArray[np.float32]":
    """The rows scaled to length 1."""
    import numpy as np

    rows: NDArray[np.float32] = matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-12)
    return rows
