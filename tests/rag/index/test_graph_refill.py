"""A graph that was lost comes back out of the flat index."""

import numpy as np
import pytest

from rag.catalog.catalog import Catalog
from rag.domain.cable import Cable
from rag.domain.filters import Filters
from rag.index.graph_check import GraphFault
from rag.index.graph_refill import GraphRefill
from rag.index.indexer import Indexer
from rag.index.indexes import Indexes
from rag.index.vectors import VectorIndex
from tests.rag.samples import make_cable
from tests.rag.word_embeddings import WordEmbeddings

CABLES = 40


class Filled:
    """Cables in the catalog and the indexes; `lose` takes some of what Chroma holds."""

    def __init__(self, catalog: Catalog, indexes: Indexes) -> None:
        self.catalog, self.vectors, self.encoder = catalog, indexes.vectors, WordEmbeddings()
        self.indexer = Indexer(catalog, indexes.vectors.entries, self.encoder, indexes)
        for number in range(1, CABLES + 1):
            catalog.put(make_cable(f"08QUILL{number}", f"Lantern number {number}.", subject=None))
        self.indexer.run()
        self.encoder.encoded.clear()
        self.refill = GraphRefill(catalog, indexes.vectors, self.indexer, owned=True)

    def lose(self, window_ids: set[str]) -> None:
        self.vectors.drop(sorted(window_ids))
        self.vectors.graph.found(GraphFault("it was lost", incomplete=True))


@pytest.fixture
def filled(catalog: Catalog, indexes: Indexes) -> Filled:
    return Filled(catalog, indexes)


def nearest(vectors: VectorIndex) -> list[str]:
    vector = WordEmbeddings().encode(["lantern number 7"])[0].tolist()
    return [hit.key for hit in vectors.search(vector, 1, Filters())]


def test_every_vector_comes_back_without_encoding(filled: Filled) -> None:
    was, done, told = filled.vectors.ids(), list[int](), list[str]()
    filled.lose(was)
    assert nearest(filled.vectors) == ["08QUILL7#1"]

    def progress(further: int) -> None:
        done.append(further)
        assert filled.vectors.graph.fault is not None
        told.append(filled.vectors.graph.fault.reason)

    assert filled.refill.run(progress)
    assert filled.vectors.ids() == was and sum(done) == CABLES and filled.vectors.graph.fault is None
    assert told[0] == "it was lost; it is being made anew, 0% done" and "80% done" in told[1]
    assert filled.encoder.encoded == [] == filled.catalog.unindexed()
    (window, vector), *_ = filled.vectors.stored(["08QUILL7"])
    assert window.key == "08QUILL7#1" and abs(float((vector**2).sum()) - 1) < 0.01


def test_a_whole_graph_is_left_alone(filled: Filled) -> None:
    filled.refill.check()
    filled.vectors.drop(["08QUILL7#1/0"])
    assert not filled.refill.run()
    assert filled.vectors.count() == CABLES - 1


def test_what_was_not_looked_through_is_before(filled: Filled) -> None:
    filled.vectors.drop(["08QUILL7#1/0"])
    assert filled.refill.run()
    assert filled.vectors.count() == CABLES


def test_a_damaged_graph_is_begun_anew(filled: Filled) -> None:
    was = filled.vectors.ids()
    filled.vectors.graph.found(GraphFault("its files are damaged"))
    assert filled.refill.run()
    assert filled.vectors.ids() == was and filled.vectors.graph.fault is None


def test_only_the_owner_fills_it(catalog: Catalog, filled: Filled) -> None:
    filled.lose(filled.vectors.ids())
    reader = GraphRefill(catalog, filled.vectors, filled.indexer, owned=False)
    assert not reader.run() and filled.vectors.count() == 0 and filled.vectors.graph.fault is not None


def test_vectors_that_are_none_are_to_be_indexed(filled: Filled) -> None:
    filled.lose(filled.vectors.ids())
    flat = filled.vectors.flat
    windows = filled.vectors.entries.of(catalog_cables(filled))
    flat.replace(["08QUILL7"], [(each, np.zeros(256, np.float32)) for each in windows if "QUILL7#" in each.id])
    filled.refill.run()
    assert filled.catalog.unindexed() == ["08QUILL7"]


def catalog_cables(filled: Filled) -> list[Cable]:
    return list(filled.catalog.cables(filled.catalog.ids()))


def test_it_can_be_broken_off(filled: Filled) -> None:
    filled.lose(filled.vectors.ids())
    asked = iter([False, True])
    assert not filled.refill.run(stopped=lambda: next(asked))
    assert filled.vectors.graph.fault is not None
    assert filled.vectors.graph.fault.reason == "it was lost"
    assert 0 < filled.vectors.count() < CABLES


def test_what_the_flat_index_lacks_as_well_is_to_be_indexed(filled: Filled) -> None:
    filled.lose(filled.vectors.ids())
    filled.vectors.flat.replace(["08QUILL7"], [])
    filled.refill.run()
    assert filled.catalog.unindexed() == ["08QUILL7"] and filled.vectors.count() == CABLES - 1
    assert filled.indexer.run() == 1 and filled.vectors.count() == CABLES


def test_what_waits_to_be_indexed_is_left_to_the_indexer(filled: Filled) -> None:
    filled.lose(filled.vectors.ids())
    filled.catalog.put(make_cable("08QUILL7", "Another lantern altogether.", subject=None))
    filled.refill.run()
    assert not {each for each in filled.vectors.ids() if each.startswith("08QUILL7#")}
