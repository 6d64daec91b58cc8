import numpy as np
import pytest

from rag.encoders.encoder import name_with, shortened, unit
from rag.errors import ModelUnavailable


def test_rows_are_scaled_to_length_one_and_zero_rows_stay_zero() -> None:
    rows = unit(np.array([[3.0, 4.0], [0.0, 0.0]], dtype=np.float32))
    assert np.allclose(rows, [[0.6, 0.8], [0.0, 0.0]])
    assert rows.dtype == np.float32


def test_shortened_rows_are_unit_vectors_and_their_model_has_another_name() -> None:
    rows = np.array([[3.0, 4.0, 12.0]], dtype=np.float32) / np.float32(13)
    assert np.allclose(shortened(rows, 2), [[0.6, 0.8]]) and shortened(rows, None) is rows
    with pytest.raises(ModelUnavailable, match="have 3 numbers; set fewer"):
        shortened(rows, 4)
    assert (name_with("a-model", None), name_with("a-model", 64)) == ("a-model", "a-model@64")
