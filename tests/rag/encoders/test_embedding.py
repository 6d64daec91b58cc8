from pathlib import Path

import numpy as np
import pytest

from rag.encoders.embedding import PACKAGED_MODEL, SentenceEmbeddings, model_folder
from rag.errors import ModelUnavailable

TEXTS = ["The lantern was lit at dusk.", "A bell.", "The lantern was lit at dusk.", "The harbor froze over."]


pytestmark = pytest.mark.usefixtures("computing")


@pytest.fixture(scope="module")
def embeddings() -> SentenceEmbeddings:
    return SentenceEmbeddings()


def test_sentence_vectors_are_the_same_when_they_come_from_the_cache(embeddings: SentenceEmbeddings) -> None:
    encoded, cached = embeddings.encode(TEXTS), embeddings.encode(TEXTS[::-1])[::-1]
    assert np.array_equal(encoded, cached)
    assert np.allclose(encoded, embeddings.embed_documents(TEXTS), atol=0.02)


def test_token_vectors_are_unit_vectors_and_the_same_when_they_come_from_the_cache(
    embeddings: SentenceEmbeddings,
) -> None:
    encoded, cached = embeddings.encode_tokens(TEXTS), embeddings.encode_tokens(TEXTS[::-1])[::-1]
    for one, other, text in zip(encoded, cached, TEXTS, strict=True):
        assert np.array_equal(one, other)
        assert one.shape == (len(embeddings.token_starts(text)), 384)
        assert np.allclose(np.linalg.norm(one, axis=1), 1.0, atol=0.002)


def test_documents_are_returned_in_the_order_given_whatever_their_length(embeddings: SentenceEmbeddings) -> None:
    texts = [TEXTS[0], TEXTS[1], TEXTS[3] * 5]
    assert np.allclose(embeddings.encode_documents(texts), embeddings.encode(texts), atol=0.02)


def test_token_starts_are_positions_in_the_text(embeddings: SentenceEmbeddings) -> None:
    assert embeddings.token_starts("The bell.") == [0, 0, 4, 8, 0]


def test_no_texts_have_no_vectors(embeddings: SentenceEmbeddings) -> None:
    assert embeddings.encode([]).shape == (0, 0)


def test_the_precision_is_known_once_the_model_is_loaded(embeddings: SentenceEmbeddings) -> None:
    assert SentenceEmbeddings().precision is None
    assert embeddings.load().precision == embeddings.precision


def test_a_folder_without_a_model_names_the_setting(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="CABLES_EMBEDDING_MODEL"):
        model_folder(str(tmp_path))
    (tmp_path / "modules.json").write_text("[]")
    assert model_folder(str(tmp_path)) == tmp_path
    assert (model_folder(PACKAGED_MODEL) / "modules.json").is_file()
