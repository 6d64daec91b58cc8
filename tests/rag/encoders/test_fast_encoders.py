import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from ingest.pipeline import ingest
from ingest.sources.paths import documents
from rag.archive import Archive
from rag.encoders.embedding import PACKAGED_MODEL, SentenceEmbeddings, model_folder
from rag.encoders.fast_encoders import INT8, RECORD, FastEncoders
from rag.encoders.quantization import worthwhile_kinds
from rag.index.calibration import calibration_windows
from rag.settings import Settings
from tests.conftest import SAMPLE

# Making a fast encoder takes minutes on a machine with other work.
pytestmark = [pytest.mark.timeout(900), pytest.mark.usefixtures("computing")]
QUESTION = "Whose idea was it to switch the Gannet Rock light back on?"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(store=tmp_path_factory.mktemp("fast"), encoder="auto")


@pytest.fixture(scope="module")
def fast(settings: Settings) -> Iterator[Archive]:
    pytest.importorskip("openvino", reason="the extra `fast` is not installed")
    with Archive(settings, create=True) as archive:
        told = ingest(archive, documents([str(SAMPLE)])).precision
        assert told is not None and told.startswith("OpenVINO")
        assert ("int8" in told) == (worthwhile_kinds()[0] == INT8)
        yield archive


def test_vectors_are_those_of_the_model(fast: Archive, sample: Archive) -> None:
    texts = [*calibration_windows(fast.catalog, fast.indexes.vectors.entries, seed=1), QUESTION]
    assert sample.judge.load().precision != fast.judge.load().precision
    ours, theirs = fast.embeddings.encode(texts), sample.embeddings.encode(texts)
    assert (ours * theirs).sum(axis=1).min() >= 0.985  # of two roundings: 0.99 is to float32
    assert np.allclose(np.linalg.norm(ours, axis=1), 1.0, atol=1e-3)
    for own, other in zip(fast.judge.encode_tokens(texts), sample.judge.encode_tokens(texts), strict=True):
        assert own.shape == other.shape
        assert (own * other).sum(axis=1).mean() >= 0.97


def test_an_archive_encoded_fast_agrees_with_the_plain_encoder(fast: Archive) -> None:
    assert fast.audit().agrees
    ids = fast.catalog.ids()
    held = fast.indexes.vectors.stored(ids)
    cables = fast.catalog.cables(ids)
    texts = {window.id: window.text for window in fast.indexes.vectors.entries.of(cables)}
    plain = SentenceEmbeddings().encode([texts[window.id] for window, _ in held[:32]])
    assert min(float(vector @ other) for (_, vector), other in zip(held, plain, strict=False)) >= 0.985


def test_a_text_has_the_same_vector_alone_and_among_others(fast: Archive) -> None:
    texts = [f"{'The lantern was lit. ' * (number % 7)}{number}" for number in range(100)]
    together = fast.embeddings.encode_documents(texts)
    alone = np.stack([fast.embeddings.encode([text])[0] for text in texts[:20]])
    assert (together[:20] * alone).sum(axis=1).min() >= 0.998


def test_asking_loads_neither_torch_nor_sentence_transformers(settings: Settings, fast: Archive) -> None:
    fast.close()  # the fixture's last use of the store: another process is the owner now
    program = (
        "import sys; from api.cli.main import app; app(standalone_mode=False); "
        "print(sorted({'torch', 'sentence_transformers', 'transformers'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "ask", QUESTION, "--json", "--store", str(settings.store)],
        env=os.environ | {"CABLES_ENCODER": "auto"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout)["citations"]
    assert done.stderr.strip() == "[]"


def test_one_that_cannot_be_read_is_told_and_passed_over(settings: Settings, fast: Archive, tmp_path: Path) -> None:
    [made] = (settings.store / "fast").iterdir()
    copy = tmp_path / made.name
    copy.mkdir()
    (copy / RECORD).write_bytes((made / RECORD).read_bytes())
    (copy / "graph.xml").write_text("no graph")
    encoders = FastEncoders(tmp_path)
    assert encoders.open(model_folder(PACKAGED_MODEL)) is None
    assert "cannot be read" in encoders.unavailable_reason and "\n" not in encoders.unavailable_reason


def test_one_that_was_refused_is_not_made_again(tmp_path: Path) -> None:
    model, encoders = model_folder(PACKAGED_MODEL), FastEncoders(tmp_path)
    if not encoders.lacks(model):
        pytest.skip("the extra `fast` is not installed")
    encoders.make(tmp_path / "no-model", ["a window"])
    assert "no fast encoder could be made" in encoders.unavailable_reason
    assert encoders.lacks(model)
    held: dict[str, object] = {
        "kind": None,
        "cosine": None,
        "inputs": [],
        "padding": 0,
        "calibrated_on": 48,
        "refused": "too far",
    }
    path = encoders.path(model)
    path.mkdir()
    (path / RECORD).write_text(json.dumps(held))
    assert not encoders.lacks(model) and encoders.open(model) is None
    encoders.keep_only([])
    assert encoders.lacks(model)
