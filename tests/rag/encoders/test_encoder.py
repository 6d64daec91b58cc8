import numpy as np

from rag.encoders.encoder import unit


def test_rows_are_scaled_to_length_one_and_zero_rows_stay_zero() -> None:
    rows = unit(np.array([[3.0, 4.0], [0.0, 0.0]], dtype=np.float32))
    assert np.allclose(rows, [[0.6, 0.8], [0.0, 0.0]])
    assert rows.dtype == np.float32
