"""What computes a sentence-transformers model: one model may be computed in several numerics."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

_ENDLESS = 1_000_000  # tokens; configurations without a limit name a number far beyond


class Encoder(Protocol):
    """One way of computing a model. Callers see to it that one thread at a time asks."""

    numerics: str
    """What it computes with, as a reader of the log is told: `bfloat16`, `OpenVINO int8`."""

    at_once: int
    """How many documents it wants in one call."""

    def sentences(self, texts: list[str]) -> "NDArray[np.float32]":
        """Unit vectors, shape (len(texts), dimensions)."""

    def tokens(self, texts: list[str]) -> "list[NDArray[np.float32]]":
        """Unit vectors of each text's tokens, [CLS] and [SEP] among them, shape (tokens, dimensions) a text."""


def unit(matrix: "NDArray[np.float32]") -> "NDArray[np.float32]":
    """Rows of length 1."""
    import numpy as np

    rows: NDArray[np.float32] = matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-12)
    return rows


def tokenizer_of(folder: Path) -> "Tokenizer":
    """The tokenizer of a model as the model uses it: texts are cut at its length, none is padded."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    # Where sentence-transformers looks, in its order: older folders have the one, newer the other.
    length = _number(folder / "sentence_bert_config.json", "max_seq_length")
    length = length or _number(folder / "tokenizer_config.json", "model_max_length")
    if length:
        tokenizer.enable_truncation(length)
    return tokenizer


def _number(file: Path, name: str) -> int | None:
    held = json.loads(file.read_text(encoding="utf-8")).get(name) if file.is_file() else None
    return int(held) if held and held < _ENDLESS else None
