"""Vectors that the model has computed already in this run of the tests, kept for every process of it.

Most tests read the same few cables and ask the same questions; the model would take half the time of the whole run.
A text that is new to the run is computed by the model as ever.
"""

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.encoders import torch_encoder
from rag.encoders.torch_encoder import TorchEncoder

FILE = "KNOWN_VECTORS"
"""The variable of the environment that names the database."""

_SCHEMA = "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, width INTEGER, numbers BLOB) WITHOUT ROWID"
_READ = "SELECT width, numbers FROM vectors WHERE key = ?"


class KnownVectors:
    """A `TorchEncoder` that computes each text once in a run; the model is loaded for the first new text."""

    texts_per_call = TorchEncoder.texts_per_call

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._model = hashlib.sha256(str(folder.resolve()).encode())
        for file in sorted(folder.rglob("*.safetensors")):
            self._model.update(str(file.stat()).encode())
        self._encoder: TorchEncoder | None = None
        self._database = sqlite3.connect(os.environ[FILE], timeout=60, isolation_level=None, check_same_thread=False)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = OFF")
        self._database.execute(_SCHEMA)

    @property
    def precision(self) -> str:
        """See `Encoder`."""
        return self._real().precision

    def sentences(self, texts: list[str]) -> NDArray[np.float32]:
        """See `Encoder`."""
        rows = self._known(b"sentence", np.float32, texts, lambda new: self._real().sentences(new))
        return np.concatenate(rows) if rows else self._real().sentences(texts)

    def questions(self, texts: list[str]) -> NDArray[np.float32]:
        """See `Encoder`."""
        rows = self._known(b"question", np.float32, texts, lambda new: self._real().questions(new))
        return np.concatenate(rows) if rows else self._real().questions(texts)

    def tokens(self, texts: list[str]) -> list[NDArray[np.float32]]:
        """See `Encoder`; rounded to half precision, as the caches of the product do with them anyway."""
        rows = self._known(b"tokens", np.float16, texts, lambda new: self._real().tokens(new))
        return [row.astype(np.float32) for row in rows]

    def _known(
        self, kind: bytes, number: type[Any], texts: list[str], compute: Callable[[list[str]], Iterable[NDArray[Any]]]
    ) -> list[NDArray[Any]]:
        known: dict[str, NDArray[Any]] = {}
        for text in dict.fromkeys(texts):
            if held := self._database.execute(_READ, (self._key(kind, text),)).fetchone():
                known[text] = np.frombuffer(held[1], dtype=number).reshape(-1, held[0])
        if new := [text for text in dict.fromkeys(texts) if text not in known]:
            for text, computed in zip(new, compute(new), strict=True):
                known[text] = np.atleast_2d(computed).astype(number)
                row = self._key(kind, text), known[text].shape[1], known[text].tobytes()
                self._database.execute("INSERT OR IGNORE INTO vectors VALUES (?, ?, ?)", row)
        return [known[text] for text in texts]

    def _key(self, kind: bytes, text: str) -> bytes:
        digest = self._model.copy()
        digest.update(kind + text.encode())
        return digest.digest()

    def _real(self) -> TorchEncoder:
        if self._encoder is None:
            self._encoder = TorchEncoder(self._folder)
        return self._encoder


def use_known_vectors() -> None:
    """Use them in this process from now on."""
    torch_encoder.TorchEncoder = KnownVectors  # type: ignore[assignment,misc]


def use_the_model() -> None:
    """Compute everything anew, as the product does."""
    torch_encoder.TorchEncoder = TorchEncoder  # type: ignore[misc]
