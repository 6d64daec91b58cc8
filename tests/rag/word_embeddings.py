"""An encoder without a model: texts are similar if they have words in common."""

import re
import zlib

import numpy as np
from numpy.typing import NDArray

from rag.domain.cable import Cable
from rag.encoders.embedding import SentenceEmbeddings
from rag.index.indexes import Indexes

_DIMENSIONS = 256


class WordEmbeddings(SentenceEmbeddings):
    """Counts the words of a text, each word in the dimension of its checksum. `encoded` are all texts encoded."""

    def __init__(self) -> None:
        super().__init__()
        self.encoded: list[str] = []

    def encode(self, texts: list[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (len(texts), 256)."""
        self.encoded += texts
        vectors = np.zeros((len(texts), _DIMENSIONS), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.casefold()):
                vectors[row, zlib.crc32(word.encode()) % _DIMENSIONS] += 1
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors

    def encode_documents(self, texts: list[str]) -> NDArray[np.float32]:
        """As `encode`."""
        return self.encode(texts)


def index_cables(indexes: Indexes, *cables: Cable) -> None:
    """Write these cables to both indexes."""
    windows = indexes.vectors.entries.of(cables)
    vectors = WordEmbeddings().encode([window.text for window in windows])
    indexes.replace(cables, list(zip(windows, vectors, strict=True)))
