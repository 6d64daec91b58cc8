from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer

from rag.encoders.tokenizer import Prompts, max_tokens, prompts
from rag.encoders.torch_encoder import TorchEncoder
from tests.rag.encoders.small_models import PROMPTS, small_model

TEXTS = ["The harbour master hid the ledgers.", "Who hid them?"]


@pytest.mark.parametrize("pooling", ["cls", "mean", "lasttoken"])
@pytest.mark.parametrize("dense", [False, True])
@pytest.mark.parametrize("with_prompts", [False, True])
def test_questions_and_texts_are_encoded_as_the_model_is_made_to(
    tmp_path: Path, pooling: Literal["cls", "mean", "lasttoken"], dense: bool, with_prompts: bool
) -> None:
    folder = small_model(tmp_path, pooling, dense, with_prompts)
    encoder, model = TorchEncoder(folder), SentenceTransformer(str(folder), device="cpu")
    before = PROMPTS if with_prompts else {"query": "", "document": ""}
    for computed, kind in ((encoder.questions(TEXTS), "query"), (encoder.sentences(TEXTS), "document")):
        expected = model.encode([before[kind] + text for text in TEXTS], normalize_embeddings=True)
        assert computed.shape == (2, 80 if dense else 48)
        assert float(np.sum(computed * expected, axis=1).min()) > 0.99
    assert prompts(folder) == Prompts(before["query"], before["document"]) and max_tokens(folder) == 128


def test_a_prompt_tells_questions_from_texts(tmp_path: Path) -> None:
    encoder = TorchEncoder(small_model(tmp_path, prompts=True))
    assert not np.allclose(encoder.questions(TEXTS), encoder.sentences(TEXTS), atol=1e-2)
