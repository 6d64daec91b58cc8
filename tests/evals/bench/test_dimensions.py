from pathlib import Path

import numpy as np
import pytest

from evals.bench.dimensions import build, measured, recall
from rag.encoders.embedding import PACKAGED_MODEL
from rag.index.flat_vectors import FlatVectors
from tests.evals.bench.pages import write_page


def test_a_flat_index_of_some_size_is_built_and_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CABLES_ENCODER", "torch")  # quicker for one page
    (cables := tmp_path / "cables").mkdir()
    (place := tmp_path / "place").mkdir()
    write_page(cables, "a.html")
    golden = tmp_path / "golden.jsonl"
    golden.write_text(
        '{"id": "q1", "type": "who", "question": "Who lights the lamp?", "gold": [], "facts": [], "answer": ""}\n'
    )
    build(cables, PACKAGED_MODEL, 300, golden, place)
    figures = measured(place)
    assert figures["windows"] >= 300
    assert figures["dimensions"] == 384
    assert figures["recall_at_100"] == 1.0
    assert all(times["p50_ms"] > 0 for times in figures["searches"].values())
    few = FlatVectors(place / "flat", compared=20)
    questions = np.load(place / "questions.npy")
    assert recall(few, FlatVectors(place / "flat"), questions) < 1.0
