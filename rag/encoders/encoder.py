"""What every encoder of an archive offers, and every way of computing a sentence-transformers model."""

from abc import abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from langchain_core.embeddings import Embeddings

from rag.errors import ModelUnavailable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class SearchEmbeddings(Embeddings):
    """What an archive is indexed and searched with: unit vectors, computed here or by a server."""

    name: str
    """The model's name in the manifest of a store."""

    folder: Path
    """Folder of the model whose tokenizer cuts texts into windows."""

    sends_to: str | None = None
    """Where texts are sent to be encoded, for messages; None if they stay on this machine."""

    @property
    @abstractmethod
    def precision(self) -> str | None:
        """What computes the vectors, for messages; None before it is known."""

    def may_read(self, marking: str | None) -> bool:
        """Whether text with this effective marking may be encoded."""
        return True

    @abstractmethod
    def encode(self, texts: list[str]) -> "NDArray[np.float32]":
        """Unit vectors, shape (len(texts), dimensions)."""

    @abstractmethod
    def encode_documents(self, texts: list[str]) -> "NDArray[np.float32]":
        """As `encode`, for many texts that are to be indexed."""

    @abstractmethod
    def load(self) -> object:
        """Make ready for the first question."""

    @abstractmethod
    def forget(self) -> None:
        """Drop what is kept in memory of texts and questions."""


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


def shortened(vectors: "NDArray[np.float32]", dimensions: int | None) -> "NDArray[np.float32]":
    """Unit vectors of the first `dimensions` numbers of each row, or of all.

    Raises:
        ModelUnavailable: the rows are shorter.
    """
    if dimensions is None:
        return vectors
    if vectors.shape[1] < dimensions:
        raise ModelUnavailable(
            f"CABLES_EMBEDDING_DIMENSIONS={dimensions}: the model's vectors have {vectors.shape[1]} numbers; set fewer"
        )
    return unit(vectors[:, :dimensions])


def name_with(model: str, dimensions: int | None) -> str:
    """The model's name in the manifest of a store: vectors of other lengths are not comparable."""
    return model if dimensions is None else f"{model}@{dimensions}"


def unit(matrix: "NDArray[np.float32]") -> "NDArray[np.float32]":
    """The rows scaled to length 1."""
    import numpy as np

    rows: NDArray[np.float32] = matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-12)
    return rows
