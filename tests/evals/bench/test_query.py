import numpy as np
import pytest

from evals.bench.query import copies, with_noise
from tests.evals.invented import CABLES


def test_copies_add_up_to_the_number_of_paragraphs_wanted() -> None:
    made = list(copies(list(CABLES), 12))
    assert sum(len(cable.paragraphs) for cable in (*CABLES, *made)) >= 12
    assert [str(cable.id) for cable in made] == ["07OSTERMERE1000010", "07QUILLHAVEN1000020", "07OSTERMERE2000010"]
    assert all(paragraph.key.cable == cable.id for cable in made for paragraph in cable.paragraphs)


def test_enough_paragraphs_need_no_copy() -> None:
    assert list(copies(list(CABLES), 5)) == []


def test_noise_keeps_a_vector_near_and_of_unit_length() -> None:
    vector = np.eye(8, dtype=np.float32)[0]
    moved = with_noise(vector, np.random.default_rng(0))
    assert float(np.linalg.norm(moved)) == pytest.approx(1)
    assert 0.9 < float(moved @ vector) < 1.0
