import json
from pathlib import Path
from shutil import copyfile

import pytest

from rag.encoders.embedding import PACKAGED_MODEL, model_folder
from rag.encoders.tokenizer import load_tokenizer, vocabulary

LONG = "lantern " * 600
MODEL = model_folder(PACKAGED_MODEL)


def test_texts_are_cut_at_the_length_of_the_model() -> None:
    assert len(load_tokenizer(MODEL).encode(LONG).ids) == 256


def test_texts_are_kept_whole_without_truncation() -> None:
    assert len(load_tokenizer(MODEL, truncate=False).encode(LONG).ids) == 602


@pytest.mark.parametrize("truncate", [True, False])
def test_nothing_is_padded(truncate: bool) -> None:
    encodings = load_tokenizer(MODEL, truncate).encode_batch(["lantern", "lantern lantern"])
    assert [len(encoding.ids) for encoding in encodings] == [3, 4]


@pytest.mark.parametrize(
    ("configurations", "tokens"),
    [
        ({"sentence_bert_config.json": {"max_seq_length": 10}, "tokenizer_config.json": {"model_max_length": 20}}, 10),
        (
            {"sentence_bert_config.json": {"max_seq_length": None}, "tokenizer_config.json": {"model_max_length": 20}},
            20,
        ),
        ({"tokenizer_config.json": {"model_max_length": 20}}, 20),
    ],
)
def test_the_length_is_read_where_sentence_transformers_reads_it(
    tmp_path: Path, configurations: dict[str, dict[str, int | None]], tokens: int
) -> None:
    copyfile(MODEL / "tokenizer.json", tmp_path / "tokenizer.json")
    for name, configuration in configurations.items():
        (tmp_path / name).write_text(json.dumps(configuration))
    assert len(load_tokenizer(tmp_path).encode(LONG).ids) == tokens


def test_the_vocabulary_holds_whole_words_without_pieces_and_special_tokens() -> None:
    words = vocabulary(MODEL)
    assert {"harbor", "the", "embassy"} <= words
    assert not any(word.startswith(("##", "[")) or not word.isalpha() for word in words)
