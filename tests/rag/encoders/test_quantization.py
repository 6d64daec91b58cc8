from pathlib import Path

import pytest

from rag.archive import Archive
from rag.encoders.cpu_features import has_bfloat16, has_int8
from rag.encoders.embedding import PACKAGED_MODEL, model_folder
from rag.encoders.fast_encoders import FLOAT, INT8, LEAST_COSINE
from rag.encoders.quantization import make, worthwhile_kinds
from rag.index.calibration import calibration_windows


def test_floats_are_the_last_resort_and_int8_needs_a_cpu_that_gains_by_it() -> None:
    kinds = worthwhile_kinds()
    assert kinds[-1] == FLOAT
    assert (INT8 in kinds) == (has_int8() and not has_bfloat16())


@pytest.mark.timeout(900)  # quantizing takes minutes on a machine with other work
def test_int8_is_near_the_model_where_the_cpu_has_it(sample: Archive, tmp_path: Path) -> None:
    if not has_int8():
        pytest.skip("this CPU has no sums of bytes")
    windows = calibration_windows(sample.catalog, sample.indexes.vectors.entries)
    record = make(model_folder(PACKAGED_MODEL), tmp_path, windows, [INT8])
    assert record.kind == INT8 and record.cosine is not None and record.cosine >= LEAST_COSINE
