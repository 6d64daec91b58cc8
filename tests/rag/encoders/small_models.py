"""Small sentence-transformers models with random weights, of every shape that strong ones have."""

from pathlib import Path
from typing import Any, Literal

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Dense, Normalize, Pooling, Transformer
from transformers import (
    AutoTokenizer,
    BertConfig,
    BertForSequenceClassification,
    BertModel,
    Gemma3TextConfig,
    Gemma3TextModel,
)

from rag.encoders.embedding import PACKAGED_MODEL, model_folder

PROMPTS = {"query": "question: ", "document": "passage: "}


def small_model(
    folder: Path, pooling: Literal["cls", "mean", "lasttoken"] = "mean", dense: bool = False, prompts: bool = False
) -> Path:
    """Save a model of two layers into the folder, with the packaged model's words; texts are cut at 128 tokens."""
    torch.manual_seed(7)
    words = folder / "words"
    BertModel(_config()).save_pretrained(words)
    _tokenizer().save_pretrained(words)
    modules: list[torch.nn.Module] = [Transformer(str(words), max_seq_length=128), Pooling(48, pooling)]
    modules += [Dense(48, 80), Normalize()] if dense else [Normalize()]
    model = SentenceTransformer(modules=modules, prompts=PROMPTS if prompts else None, device="cpu")
    model.save(str(folder / "model"))
    return folder / "model"


def small_model_of_today(folder: Path) -> Path:
    """Save a model of two layers whose attention reaches 150 tokens to both sides, as that of newer ones has bounds."""
    torch.manual_seed(7)
    words = folder / "words"
    config = Gemma3TextConfig(
        vocab_size=len(_tokenizer()),
        hidden_size=48,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=1,
        head_dim=16,
        intermediate_size=96,
        max_position_embeddings=600,
        sliding_window=300,
        use_bidirectional_attention=True,
        layer_types=["sliding_attention", "full_attention"],
    )
    Gemma3TextModel(config).save_pretrained(words)
    _tokenizer().save_pretrained(words)
    modules: list[torch.nn.Module] = [Transformer(str(words), max_seq_length=600), Pooling(48, "mean"), Normalize()]
    SentenceTransformer(modules=modules, device="cpu").save(str(folder / "model"))
    return folder / "model"


def small_reranker(folder: Path, labels: int = 1) -> Path:
    """Save a cross-encoder of two layers into the folder; its scores differ widely from text to text."""
    torch.manual_seed(7)
    model = BertForSequenceClassification(_config(num_labels=labels, initializer_range=1.0))
    model.save_pretrained(folder)
    _tokenizer().save_pretrained(folder)
    return folder


def _tokenizer() -> Any:
    return AutoTokenizer.from_pretrained(model_folder(PACKAGED_MODEL))


def _config(**changes: Any) -> BertConfig:
    return BertConfig(
        vocab_size=len(_tokenizer()),
        hidden_size=48,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=96,
        max_position_embeddings=128,
        **changes,
    )
