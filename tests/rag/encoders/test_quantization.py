from pathlib import Path
from typing import Literal

import numpy as np
import pytest

from rag.archive import Archive
from rag.encoders.cpu_features import has_bfloat16, has_int8
from rag.encoders.embedding import PACKAGED_MODEL, model_folder
from rag.encoders.fast_encoders import FLOAT, GRAPH, INT8, LEAST_COSINE
from rag.encoders.openvino_encoder import Graph, OpenVinoEncoder
from rag.encoders.quantization import make, worthwhile_kinds
from rag.encoders.torch_encoder import TorchEncoder
from rag.index.calibration import calibration_windows
from tests.rag.encoders.small_models import small_model, small_model_of_today

TEXTS = ["The harbour master hid the ledgers.", "Who hid them?"]


def test_floats_are_the_last_resort_and_int8_needs_a_cpu_that_gains_by_it() -> None:
    kinds = worthwhile_kinds()
    assert kinds[-1] == FLOAT
    assert (INT8 in kinds) == (has_int8() and not has_bfloat16())


@pytest.mark.slow
@pytest.mark.timeout(900)  # quantizing takes minutes on a machine with other work
def test_int8_is_near_the_model_where_the_cpu_has_it(sample: Archive, tmp_path: Path) -> None:
    if not has_int8():
        pytest.skip("this CPU has no sums of bytes")
    windows = calibration_windows(sample.catalog, sample.indexes.vectors.entries)
    record = make(model_folder(PACKAGED_MODEL), tmp_path, windows, [INT8])
    assert record.kind == INT8 and record.cosine is not None and record.cosine >= LEAST_COSINE


@pytest.mark.parametrize("pooling", ["cls", "mean"])
@pytest.mark.parametrize("dense", [False, True])
def test_a_model_with_prompts_keeps_them(
    tmp_path: Path, pooling: Literal["cls", "mean"], dense: bool, sample: Archive
) -> None:
    model = small_model(tmp_path, pooling, dense, prompts=True)
    record = make(model, tmp_path, calibration_windows(sample.catalog, sample.indexes.vectors.entries), [FLOAT])
    assert record.kind == FLOAT and record.cosine is not None and record.cosine >= LEAST_COSINE
    fast, exact = (
        OpenVinoEncoder(model, Graph(tmp_path / GRAPH, record.inputs, record.padding), ""),
        TorchEncoder(model),
    )
    for own, other in (
        (fast.questions(TEXTS), exact.questions(TEXTS)),
        (fast.sentences(TEXTS), exact.sentences(TEXTS)),
    ):
        assert (own * other).sum(axis=1).min() > LEAST_COSINE
    assert pooling == "cls" or not np.allclose(fast.questions(TEXTS), fast.sentences(TEXTS), atol=1e-2)


def test_a_model_whose_masks_cannot_be_traced_is_converted(tmp_path: Path, sample: Archive) -> None:
    model = small_model_of_today(tmp_path)
    record = make(model, tmp_path, calibration_windows(sample.catalog, sample.indexes.vectors.entries), [FLOAT])
    assert record.kind == FLOAT and record.cosine is not None and record.cosine >= LEAST_COSINE
    fast = OpenVinoEncoder(model, Graph(tmp_path / GRAPH, record.inputs, record.padding), "")
    assert np.isfinite(fast.sentences(["lamp " * 400, "Who?"])).all()


def test_a_model_that_cannot_be_converted_is_recorded_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sample: Archive
) -> None:
    def fail(*arguments: object) -> None:
        raise RuntimeError("no such operation\nin a long trace")

    monkeypatch.setattr("rag.encoders.quantization._converted", fail)
    windows = calibration_windows(sample.catalog, sample.indexes.vectors.entries)
    record = make(small_model(tmp_path), tmp_path, windows, [FLOAT])
    assert record.kind is None and record.refused == "model cannot be converted: no such operation"
