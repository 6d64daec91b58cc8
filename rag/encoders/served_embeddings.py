"""Embeddings that a server computes, on this machine or elsewhere, behind the same face as those computed here."""

import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from cachetools import LRUCache, cached
from langchain_core.embeddings import Embeddings
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential_jitter

from rag.encoders.embedding import PACKAGED_MODEL, model_folder
from rag.encoders.embedding_client import RETRIES, TEXTS_PER_CALL, provider_of
from rag.encoders.encoder import SearchEmbeddings, name_with, shortened, unit
from rag.errors import ModelUnavailable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_QUESTIONS_KEPT = 256
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 8.0  # seconds


class ServedEmbeddings(SearchEmbeddings):
    """Unit vectors from an embedding server. Windows are cut as for the packaged model.

    Every method that asks the server raises `ModelUnavailable` if it fails. The number of dimensions is that of the
    first reply.
    """

    def __init__(
        self,
        model: str,
        client: Embeddings,
        sends_to: str | None = None,
        may_read: Callable[[str | None], bool] = lambda marking: True,
        first_pause: float = _FIRST_PAUSE,
        dimensions: int | None = None,
    ) -> None:
        """`model` is `provider:model`; `sends_to` names the server if it is not on this machine.

        `may_read` is asked for each marking whether the server may be sent such text. `first_pause` is how many seconds
        pass before a call is repeated; each further pause is twice as long. `dimensions` is how many numbers of each
        vector are kept; all if None.
        """
        self.name = name_with(model, dimensions)
        self._kept = dimensions
        self.folder = model_folder(PACKAGED_MODEL)
        self.sends_to = sends_to
        self._client = client
        self._may_read = may_read
        self._dimensions: int | None = None
        self._retrying = Retrying(
            retry=retry_if_exception(_is_passing),
            wait=wait_exponential_jitter(multiplier=first_pause, max=_LONGEST_PAUSE, jitter=first_pause / 4),
            # The clients of other providers repeat calls themselves.
            stop=stop_after_attempt(RETRIES + 1 if provider_of(model) == "ollama" else 1),
            reraise=True,
        )
        # The parts of a question are searched at the same time, often several times with the same words.
        self._question = cached(LRUCache(_QUESTIONS_KEPT), condition=threading.Condition())(self._asked)

    @property
    def precision(self) -> str:
        """The model's name: only the server knows how it computes."""
        return self.name

    def may_read(self, marking: str | None) -> bool:
        """Whether the server may be sent text with this effective marking."""
        return self._may_read(marking)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector for each text, in order."""
        vectors: list[list[float]] = self.encode(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        vector: list[float] = self._question(text).tolist()
        return vector

    def encode(self, texts: list[str]) -> "NDArray[np.float32]":
        """Unit vectors, shape (len(texts), dimensions)."""
        import numpy as np

        batches = [texts[start : start + TEXTS_PER_CALL] for start in range(0, len(texts), TEXTS_PER_CALL)]
        encoded = [self._vectors(partial(self._client.embed_documents, batch), len(batch)) for batch in batches]
        return np.concatenate(encoded) if encoded else np.empty((0, 0), dtype=np.float32)

    def encode_documents(self, texts: list[str]) -> "NDArray[np.float32]":
        """As `encode`."""
        return self.encode(texts)

    def load(self) -> None:
        """Nothing: the server has the model."""

    def forget(self) -> None:
        """Drop the questions asked lately."""
        self._question.cache_clear()

    def _asked(self, question: str) -> "NDArray[np.float32]":
        row: NDArray[np.float32] = self._vectors(lambda: [self._client.embed_query(question)], 1)[0]
        return row

    def _vectors(self, call: Callable[[], list[list[float]]], count: int) -> "NDArray[np.float32]":
        import numpy as np

        try:
            vectors = np.array(self._retrying(call), dtype=np.float32)
            dimensions = self._dimensions = self._dimensions or vectors.shape[-1]
            if vectors.shape != (count, dimensions) or not np.isfinite(vectors).all():
                raise ValueError(f"it sent other than {count} vectors of {dimensions} numbers")
        except Exception as error:  # whatever a vendor's client raises
            reason = (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
            raise ModelUnavailable(
                f"the embedding server of CABLES_EMBEDDING_MODEL={self.name} failed ({reason}); check it, or try again"
            ) from error
        return shortened(unit(vectors), self._kept)


def _is_passing(error: BaseException) -> bool:
    """Whether the same call may succeed later: unless the server says that it refuses it."""
    status = getattr(error, "status_code", None)
    return not (isinstance(status, int) and 400 <= status < 500 and status != 429)
