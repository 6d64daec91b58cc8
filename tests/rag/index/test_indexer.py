"""Indexing what the catalog marks, with an encoder that records what it encodes."""

from pathlib import Path

import pytest

from rag.catalog.catalog import Catalog
from rag.errors import StoreUnavailable
from rag.index.indexer import Indexer
from rag.index.indexes import Indexes
from tests.rag.samples import make_cable
from tests.rag.word_embeddings import WordEmbeddings


@pytest.fixture
def encoder() -> WordEmbeddings:
    return WordEmbeddings()


@pytest.fixture
def indexer(catalog: Catalog, indexes: Indexes, encoder: WordEmbeddings) -> Indexer:
    for number in range(1, 6):
        catalog.put(make_cable(f"08QUILL{number}", f"Lantern number {number}.", subject=None))
    return Indexer(catalog, indexes.vectors.entries, encoder, indexes, batch_cables=2)


def test_all_marked_cables_are_indexed_and_counted(indexer: Indexer, catalog: Catalog, indexes: Indexes) -> None:
    done: list[int] = []
    assert indexer.run(done.append) == 5
    assert [each for each in done if each] == [2, 2, 1]
    assert catalog.unindexed() == []
    assert indexes.lexical.count() == indexes.vectors.count() == 5
    assert indexer.run() == 0


def test_the_number_of_cables_may_be_limited(indexer: Indexer, catalog: Catalog) -> None:
    assert indexer.run(most=3) == 3
    assert catalog.unindexed() == ["08QUILL4", "08QUILL5"]


def test_texts_that_are_stored_are_not_encoded_again(
    indexer: Indexer, catalog: Catalog, encoder: WordEmbeddings
) -> None:
    indexer.run()
    encoder.encoded.clear()
    catalog.mark_unindexed(["08QUILL1", "08QUILL2"])
    catalog.put(make_cable("08QUILL2", "A bell."))
    indexer.run()
    assert len(encoder.encoded) == 1 and encoder.encoded[0].endswith("A bell.")


def test_a_failed_batch_stays_marked(
    indexer: Indexer, catalog: Catalog, indexes: Indexes, encoder: WordEmbeddings, tmp_path: Path
) -> None:
    class UnavailableIndexes(Indexes):
        def replace(self, cables: object, entries: object) -> None:
            raise StoreUnavailable("no disk")

    broken = Indexer(catalog, indexes.vectors.entries, encoder, UnavailableIndexes(indexes.vectors, indexes.lexical))
    with pytest.raises(StoreUnavailable):
        broken.run()
    assert len(catalog.unindexed()) == 5
    assert indexer.run() == 5


def test_progress_comes_more_often_than_a_batch_is_written(
    catalog: Catalog, indexes: Indexes, encoder: WordEmbeddings
) -> None:
    for number in range(1, 4):
        texts = [f"Lantern {number} was lit {times} times." for times in range(60)]
        catalog.put(make_cable(f"08QUILL{number}", *texts, subject=None))
    done: list[int] = []
    indexer = Indexer(catalog, indexes.vectors.entries, encoder, indexes)
    assert indexer.run(done.append) == 3 and [each for each in done if each] == [1, 1, 1]
    assert indexes.vectors.count() == 180 and len(encoder.encoded) == 180
