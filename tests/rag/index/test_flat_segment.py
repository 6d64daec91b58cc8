from pathlib import Path

import numpy as np
import pytest

from rag.domain.filters import Filters
from rag.index.flat_segment import FlatSegment, signs_of
from rag.index.window_entries import Entry, Window

VECTORS = np.array([[0.6, 0.8, 0.0], [0.8, -0.6, 0.0], [-0.6, -0.8, 0.0], [0.0, 0.6, 0.8]], dtype=np.float32)


def entry(number: int) -> Entry:
    """The only paragraph of cable `number`."""
    fields = {"cable_id": f"08QUILL{number}", "post": "QUILL", "access": "U", "header_access": "U"}
    window = Window(f"08QUILL{number}#1/0", "", fields | {"classification": ""})
    return window, VECTORS[number]


@pytest.fixture
def segment() -> FlatSegment:
    return FlatSegment.of([entry(number) for number in range(4)])


def test_cosines_are_those_of_the_selected_rows(segment: FlatSegment) -> None:
    query = VECTORS[0].astype(np.float64)
    assert segment.cosines(np.array([2, 0, 1]), query) == pytest.approx([-1.0, 1.0, 0.0], abs=0.001)
    assert segment.cosines(np.array([], dtype=np.int64), query).shape == (0,)


def test_sign_distances_are_the_same_for_few_rows_and_for_many() -> None:
    segment = FlatSegment.of([entry(number % 4) for number in range(20)])
    signs = signs_of(VECTORS[:1])
    every = segment.sign_distances(np.arange(20), signs)
    assert every[:4].tolist() == [0, 1, 2, 2]
    assert segment.sign_distances(np.array([2, 5]), signs).tolist() == [2, 1]


def test_signs_are_padded_to_whole_words() -> None:
    vectors = np.array([[1.0] * 70, [-1.0] * 70])
    assert signs_of(vectors).shape == (2, 2)
    assert np.bitwise_count(signs_of(vectors)).sum(axis=0).tolist() == [70, 0]


def test_windows_of_dropped_cables_are_neither_found_nor_listed(segment: FlatSegment) -> None:
    rest = segment.without(["08QUILL1", "08QUILL3"])
    assert rest.rows(Filters(), None).tolist() == [0, 2]
    assert rest.stored(["08QUILL1"]) == []
    assert rest.window_ids(rest.live) == ["08QUILL0#1/0", "08QUILL2#1/0"]


def test_joined_segments_hold_the_live_windows_in_order(segment: FlatSegment) -> None:
    joined = FlatSegment.joined([segment.without(["08QUILL0"]), FlatSegment.of([entry(0)])])
    assert joined.window_ids(joined.live) == [f"08QUILL{number}#1/0" for number in (1, 2, 3, 0)]
    assert np.array_equal(joined.vectors, VECTORS[[1, 2, 3, 0]].astype(np.float16))
    assert np.array_equal(joined.signs, signs_of(VECTORS[[1, 2, 3, 0]]))


def test_a_saved_segment_is_loaded_as_it_was(segment: FlatSegment, tmp_path: Path) -> None:
    segment.save(tmp_path)
    loaded = FlatSegment.load(tmp_path)
    [(window_id, fields, vector)] = loaded.stored(["08QUILL3"])
    assert (window_id, fields) == ("08QUILL3#1/0", entry(3)[0].metadata)
    assert np.allclose(vector, VECTORS[3], atol=0.001)
    assert np.array_equal(loaded.signs, segment.signs) and loaded.live.all()
