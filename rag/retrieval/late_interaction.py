"""Late interaction: a question's tokens against a paragraph's, by the same encoder's token embeddings.

The score is ColBERT's MaxSim (Khattab and Zaharia, SIGIR 2020): for each token of the question, the cosine of the
nearest token of the paragraph. They are averaged with the square root of the rarity of each token's word as weight,
so that "Maizuru" counts for more than "which".
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from rag.encoders.embedding import SentenceEmbeddings
from rag.index.window_entries import WindowEntries

Tokens = NDArray[np.float32]
"""Unit vectors of a text's tokens, shape (tokens, dimensions)."""

Rarities = Callable[[Iterable[str]], Mapping[str, float]]
"""How rare words are, at least 0; 0 for a word that says nothing."""

_WORD = re.compile(r"\w+")


class LateInteraction:
    """Scores paragraphs against a question token by token, encoding both when asked."""

    def __init__(self, embeddings: SentenceEmbeddings, rarities: Rarities) -> None:
        self.entries = WindowEntries(embeddings.folder)
        """The windows in which its encoder reads a paragraph whole."""
        self._embeddings = embeddings
        self._rarities = rarities

    def scores(self, questions: Sequence[str], windows: Mapping[str, Sequence[str]]) -> list[dict[str, float]]:
        """For each question, by key, the best weighted MaxSim, from -1 to 1, over the windows of its text."""
        keys = [key for key, own in windows.items() for _ in own]
        if not keys:
            return [{} for _ in questions]
        encoded = self._embeddings.encode_tokens([*questions, *(window for own in windows.values() for window in own)])
        asked, tokens = encoded[: len(questions)], encoded[len(questions) :]
        # One product over all windows, cut at their starts: many small ones cost several times as much.
        held, starts = np.concatenate(tokens).T, np.cumsum([0, *(len(each) for each in tokens[:-1])])
        found: list[dict[str, float]] = []
        for question, own in zip(questions, asked, strict=True):
            nearest = np.maximum.reduceat(own @ held, starts, axis=1)
            best: dict[str, float] = {}
            for key, score in zip(keys, (self._weights(question, len(own)) @ nearest).tolist(), strict=True):
                best[key] = max(best.get(key, -1.0), score)
            found.append(best)
        return found

    def _weights(self, question: str, tokens: int) -> NDArray[np.float32]:
        """Shares of the question's tokens, shape (tokens,), that add up to 1; none for [CLS] and [SEP]."""
        words = list(_WORD.finditer(question))
        rarities = self._rarities(match[0] for match in words)
        word_at = {place: match[0] for match in words for place in range(match.start(), match.end())}
        weights = np.zeros(tokens, dtype=np.float32)
        for token, start in enumerate(self._embeddings.token_starts(question)[1:-1], 1):
            weights[token] = rarities.get(word_at.get(start, ""), 0.0) ** 0.5
        if not weights.any():
            weights[:] = 1.0
        shares: NDArray[np.float32] = weights / weights.sum()
        return shares
