"""The tokenizer in a model's folder."""

import json
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


def prompts(folder: Path) -> dict[str, str]:
    """What the model expects before a text, by kind (`query`, `document`); empty for a model without prompts."""
    file = folder / "config_sentence_transformers.json"
    found = json.loads(file.read_text(encoding="utf-8")).get("prompts") if file.is_file() else None
    return {name: prompt for name, prompt in (found or {}).items() if prompt}


def max_tokens(folder: Path) -> int | None:
    """The model's length where sentence-transformers looks for it, in its order: older folders, then newer ones."""
    return _number(folder / "sentence_bert_config.json", "max_seq_length") or _number(
        folder / "tokenizer_config.json", "model_max_length"
    )


def _number(file: Path, name: str) -> int | None:
    value = json.loads(file.read_text(encoding="utf-8")).get(name) if file.is_file() else None
    return int(value) if value and value < _NO_LIMIT else None
