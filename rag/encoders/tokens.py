"""Texts as token vectors, each with its position in the text."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.encoders.embedding import SentenceEmbeddings
from rag.encoders.tokenizer import load_tokenizer

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class TokenText:
    """Tokens of a text without [CLS] and [SEP].

    `vectors` are unit vectors, shape (tokens, dimensions); `middles` the position of each token's middle in the text,
    in characters.
    """

    words: tuple[str, ...]
    vectors: Floats
    middles: Floats


class TokenReader:
    """Encodes questions and paragraphs token by token."""

    def __init__(self, embeddings: SentenceEmbeddings) -> None:
        self._embeddings = embeddings
        self._tokenizer = load_tokenizer(embeddings.folder, truncate=False)

    def read(self, text: str, windows: Sequence[str] = ()) -> TokenText:
        """The tokens of a text, encoded in the windows it was cut into if there are any.

        A window is a context, a line break and a piece of the text. Tokens of the context are left out.
        """
        return self.read_all([(text, windows)])[0]

    def read_all(self, texts: Sequence[tuple[str, Sequence[str]]]) -> list[TokenText]:
        """As `read` for several texts with their windows, in order."""
        all_windows = [window for text, windows in texts for window in (windows or (text,))]
        matrices = iter(self._embeddings.encode_tokens(all_windows))
        return [
            self._joined(text, [(window, next(matrices)) for window in windows or (text,)]) for text, windows in texts
        ]

    def _joined(self, text: str, windows: Sequence[tuple[str, Floats]]) -> TokenText:
        words: list[str] = []
        vectors: list[Floats] = []
        middles: list[float] = []
        for window, matrix in windows:
            context, _, piece = window.partition("\n")
            base = 0 if window == text else len(context) + 1
            shift = (0 if window == text else max(0, text.find(piece))) - base
            encoding = self._tokenizer.encode(window)
            for word, (start, end), vector in zip(encoding.tokens, encoding.offsets, matrix, strict=False):
                if end > start >= base:
                    words.append(word)
                    vectors.append(vector)
                    middles.append((start + end) / 2 + shift)
        width = windows[0][1].shape[1]
        stacked = np.stack(vectors) if vectors else np.zeros((0, width), dtype=np.float32)
        return TokenText(tuple(words), stacked, np.asarray(middles, dtype=np.float32))
