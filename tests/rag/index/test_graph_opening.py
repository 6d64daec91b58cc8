"""What becomes of a damaged graph when the index is opened."""

import logging
from functools import partial
from pathlib import Path

import pytest

from rag.errors import GraphDamaged
from rag.index.graph_opening import open_checked
from rag.index.vectors import VectorIndex
from tests.rag.index.damaged_graphs import DAMAGES, WINDOWS, entries, fill, make_lethal, make_no_database
from tests.rag.word_embeddings import WordEmbeddings


def opened(folder: Path, owned: bool = True, crashed: bool = False) -> VectorIndex:
    open_index = partial(VectorIndex, folder / "chroma", folder / "flat", WordEmbeddings())
    return open_checked(open_index, folder / "chroma", owned, settled=owned, crashed=crashed)


def test_a_whole_graph_is_searched(tmp_path: Path) -> None:
    fill(tmp_path)
    vectors = opened(tmp_path)
    assert vectors.graph.fault is None and vectors.count() == WINDOWS
    vectors.close()


@pytest.mark.parametrize("damage", DAMAGES)
def test_its_owner_begins_a_damaged_one_anew(tmp_path: Path, damage: str, caplog: pytest.LogCaptureFixture) -> None:
    fill(tmp_path)
    DAMAGES[damage](tmp_path)
    with caplog.at_level(logging.WARNING):
        vectors = opened(tmp_path)
    assert vectors.graph.fault is not None and vectors.count() == 0
    assert vectors.graph.fault.reason in caplog.text and "`cables rebuild`" in caplog.text
    vectors.close()


def test_one_that_ends_its_reader_and_one_without_a_database_too(tmp_path: Path) -> None:
    fill(tmp_path)
    make_lethal(tmp_path)
    opened(tmp_path, crashed=True).close()
    make_no_database(tmp_path)
    with pytest.raises(GraphDamaged, match="not a database"):
        opened(tmp_path, owned=False)
    vectors = opened(tmp_path)
    assert vectors.graph.fault is not None and "not a database" in vectors.graph.fault.reason
    vectors.close()


def test_an_incomplete_one_is_kept_to_be_filled(tmp_path: Path) -> None:
    fill(tmp_path, held=WINDOWS // 2)
    vectors = opened(tmp_path)
    assert vectors.graph.fault is not None and vectors.count() == WINDOWS // 2
    vectors.refill([window for window, _ in entries()])
    vectors.check_graph(settled=True)
    assert vectors.graph.fault is None and vectors.count() == WINDOWS
    vectors.close()


def test_a_reader_deletes_nothing(tmp_path: Path) -> None:
    fill(tmp_path)
    DAMAGES["no list of its ids"](tmp_path)
    vectors = opened(tmp_path, owned=False)
    assert vectors.graph.fault is not None and vectors.count() == WINDOWS
    vectors.close()
