"""The tokenizer in a model's folder."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_NO_LIMIT = 1_000_000  # tokens; configurations without a limit name a number far above this


def load_tokenizer(folder: Path, truncate: bool = True) -> "Tokenizer":
    """The tokenizer of the model in this folder, without padding; texts are cut at the model's length or kept whole."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    if not truncate:
        tokenizer.no_truncation()
    elif length := max_tokens(folder):
        tokenizer.enable_truncation(length)
    return tokenizer


@cache  # shared by the readers of an archive
def vocabulary(folder: Path) -> frozenset[str]:
    """Words in lower case that are one token to the model in this folder: the common words of its language."""
    return frozenset(token for token in load_tokenizer(folder).get_vocab() if token.isalpha())


@dataclass(frozen=True, slots=True)
class Prompts:
    """What a model expects before a question and before a text that is searched; empty where it expects nothing."""

    question: str = ""
    text: str = ""


def prompts(folder: Path) -> Prompts:
    """The prompts of the model in this folder; publishers name that for texts differently."""
    file = folder / "config_sentence_transformers.json"
    config = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    by_name = config.get("prompts") or {}
    text = next(filter(None, map(by_name.get, ("document", "passage", "corpus"))), "")
    return Prompts(by_name.get("query") or "", text)


def max_tokens(folder: Path) -> int | None:
    """The model's length where sentence-transformers looks for it, in its order: older folders, then newer ones."""
    return _number(folder / "sentence_bert_config.json", "max_seq_length") or _number(
        folder / "tokenizer_config.json", "model_max_length"
    )


def _number(file: Path, name: str) -> int | None:
    value = json.loads(file.read_text(encoding="utf-8")).get(name) if file.is_file() else None
    return int(value) if value and value < _NO_LIMIT else None
