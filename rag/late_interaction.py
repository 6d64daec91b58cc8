"""Late interaction: a question's tokens against a paragraph's, by the same encoder's token embeddings.

The score is ColBERT's MaxSim (Khattab and Zaharia, SIGIR 2020), averaged over the question's tokens: for each token
of the question, the cosine of the nearest token of the paragraph.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from rag.embedding import SentenceEmbeddings

Tokens = NDArray[np.float32]
"""Unit vectors of a text's tokens, shape (tokens, dimensions)."""


class LateInteraction:
    """Scores paragraphs against a question token by token, encoding both when asked."""

    def __init__(self, embeddings: SentenceEmbeddings) -> None:
        self._embeddings = embeddings

    def scores(self, question: str, windows: Mapping[str, Sequence[str]]) -> dict[str, float]:
        """For each key the best MaxSim, from -1 to 1, over the windows of its text."""
        flat = [(key, window) for key, own in windows.items() for window in own]
        asked, *tokens = self._embeddings.encode_tokens([question, *(window for _, window in flat)])
        asked = asked[1:-1] if len(asked) > 2 else asked  # without [CLS] and [SEP]
        if not flat:
            return {}
        # One product over all windows, cut at their starts: many small ones cost several times as much.
        starts = np.cumsum([0, *(len(each) for each in tokens[:-1])])
        nearest = np.maximum.reduceat(asked @ np.concatenate(tokens).T, starts, axis=1)
        best: dict[str, float] = {}
        for (key, _), score in zip(flat, nearest.mean(axis=0).tolist(), strict=True):
            best[key] = max(best.get(key, -1.0), score)
        return best
