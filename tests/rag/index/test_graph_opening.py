"""What becomes of a graph that cannot be opened."""

from functools import partial
from pathlib import Path

import pytest

from rag.errors import GraphDamaged
from rag.index.graph_opening import open_vectors
from rag.index.vectors import VectorIndex
from tests.rag.index.damaged_graphs import DAMAGES, WINDOWS, fill, make_lethal, make_no_database, warnings
from tests.rag.word_embeddings import WordEmbeddings


def opened(folder: Path, owned: bool = True, crashes: bool = False) -> VectorIndex:
    open_index = partial(VectorIndex, folder / "chroma", folder / "flat", WordEmbeddings())
    return open_vectors(open_index, folder / "chroma", owned, crashes)


def test_a_whole_graph_is_opened(tmp_path: Path) -> None:
    fill(tmp_path)
    vectors = opened(tmp_path)
    assert vectors.graph.fault is None and vectors.count() == WINDOWS
    vectors.close()


def test_one_that_ends_its_reader_is_begun_anew(tmp_path: Path) -> None:
    fill(tmp_path)
    make_lethal(tmp_path)
    with warnings() as messages:
        vectors = opened(tmp_path, crashes=True)
    assert vectors.graph.fault is not None and vectors.graph.fault.incomplete and vectors.count() == 0
    [message] = messages
    assert "reading its files ends the process" in message and "`cables rebuild`" in message
    vectors.close()


def test_one_without_a_database_is_begun_anew_by_its_owner(tmp_path: Path) -> None:
    fill(tmp_path)
    make_no_database(tmp_path)
    with pytest.raises(GraphDamaged, match="not a database"):
        opened(tmp_path, owned=False)
    vectors = opened(tmp_path)
    assert vectors.graph.fault is not None and vectors.graph.fault.reason == "its files are damaged"
    vectors.close()


@pytest.mark.parametrize("damage", DAMAGES)
def test_any_damage_ends_with_an_empty_graph(tmp_path: Path, damage: str) -> None:
    fill(tmp_path)
    DAMAGES[damage](tmp_path)
    vectors = opened(tmp_path)
    vectors.check_graph()
    assert vectors.graph.fault is not None and not vectors.graph.fault.incomplete
    vectors.begin_graph_anew()
    vectors.check_graph()
    assert vectors.count() == 0 and vectors.graph.fault is not None and vectors.graph.fault.incomplete
    vectors.close()
