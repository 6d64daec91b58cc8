"""A reranker: a cross-encoder, which reads a question and a paragraph together and scores the pair."""

import json
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import ModelUnavailable

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

_BATCH = 16  # pairs


class Reranker:
    """Scores paragraphs against a question by a sentence-transformers CrossEncoder, loaded at first use."""

    def __init__(self, folder: str) -> None:
        """Nothing is ever fetched.

        Raises:
            ModelUnavailable: the folder holds no CrossEncoder that gives one score.
        """
        self._folder = Path(folder).expanduser()
        if not _is_cross_encoder(self._folder):
            raise ModelUnavailable(
                f"no sentence-transformers CrossEncoder with one label in {folder!r}; "
                "set CABLES_RERANKER to a folder that holds one, or leave it unset"
            )
        self._model: CrossEncoder | None = None
        self._lock = threading.Lock()  # one thread computes at a time: the model uses every core

    def scores(self, question: str, windows: Mapping[str, Sequence[str]]) -> dict[str, float]:
        """By key, best first, the best score from 0 to 1 over the windows of its text.

        A window is cut where the model reads no further.
        """
        pairs = [(key, (question, window)) for key, own in windows.items() for window in own]
        if not pairs:
            return {}
        model = self.load()
        with self._lock:
            scores = model.predict([pair for _, pair in pairs], batch_size=_BATCH, show_progress_bar=False)
        best: dict[str, float] = {}
        for (key, _), score in zip(pairs, scores.tolist(), strict=True):
            best[key] = max(best.get(key, 0.0), score)
        return dict(sorted(best.items(), key=lambda item: -item[1]))

    def load(self) -> "CrossEncoder":
        """The model, read from disk at the first call."""
        with self._lock:
            if self._model is None:
                from rag.encoders.torch_encoder import loading_options

                options = loading_options()
                from sentence_transformers import CrossEncoder
                from torch.nn import Sigmoid

                self._model = CrossEncoder(str(self._folder), activation_fn=Sigmoid(), **options)
            return self._model


def _is_cross_encoder(folder: Path) -> bool:
    """Whether the model in this folder gives one score for a pair of texts, as its `config.json` says."""
    try:
        config = json.loads((folder / "config.json").read_bytes())
    except (OSError, ValueError):
        return False
    match config:
        case {"architectures": [str(architecture), *_], "id2label": {**labels}}:
            return architecture.endswith("ForSequenceClassification") and len(labels) == 1
    return False
