"""Texts as the encoder sees them token by token, each token with the characters it stands for."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from rag.embedding import SentenceEmbeddings

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class TokenText:
    """Tokens of a text without [CLS] and [SEP].

    `vectors` are unit vectors, shape (tokens, dimensions); `middles` the middle character of each token in the text.
    """

    words: tuple[str, ...]
    vectors: Floats
    middles: Floats


@cache  # a few views of an archive share it
def vocabulary(folder: Path) -> frozenset[str]:
    """The words, in lower case, that the encoder in this folder knows whole: the common ones of its language."""
    known = Tokenizer.from_file(str(folder / "tokenizer.json")).get_vocab()
    return frozenset(word for word in known if word.isalpha())


class TokenReader:
    """Reads questions and paragraphs into token vectors that know their context."""

    def __init__(self, embeddings: SentenceEmbeddings) -> None:
        self._embeddings = embeddings
        self._tokenizer = Tokenizer.from_file(str(embeddings.folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def read(self, text: str, windows: Sequence[str] = ()) -> TokenText:
        """The tokens of a text, from the windows it was cut into where there are any.

        A window is a context, a line break and a piece of the text; tokens of the context are left out.
        """
        return self.read_all([(text, windows)])[0]

    def read_all(self, texts: Sequence[tuple[str, Sequence[str]]]) -> list[TokenText]:
        """As `read`, for several texts at once, in order."""
        flat = [window for text, windows in texts for window in (windows or (text,))]
        matrices = iter(self._embeddings.encode_tokens(flat))
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
