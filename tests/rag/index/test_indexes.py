"""Both indexes are written together."""

from rag.domain.filters import Filters
from rag.index.indexes import Indexes
from tests.rag.samples import make_cable
from tests.rag.word_embeddings import index_cables

FIRST = make_cable("08QUILL1", "A lantern was lit.", "The ferry is late.")
OTHER = make_cable("08QUILL2", "A bell rang.")


def test_a_cable_is_written_to_both_indexes_and_replaced_in_both(indexes: Indexes) -> None:
    index_cables(indexes, FIRST, OTHER)
    assert indexes.lexical.keys() == {"08QUILL1#1", "08QUILL1#2", "08QUILL2#1"}
    assert indexes.vectors.ids() == {"08QUILL1#1/0", "08QUILL1#2/0", "08QUILL2#1/0"} == indexes.vectors.flat.ids()
    index_cables(indexes, make_cable("08QUILL1", "A lantern was lit."))
    assert indexes.lexical.keys() == {"08QUILL1#1", "08QUILL2#1"}
    assert {window.id for window, _ in indexes.vectors.stored(["08QUILL1", "08QUILL2"])} == {
        "08QUILL1#1/0",
        "08QUILL2#1/0",
    }


def test_windows_and_cables_are_dropped_separately(indexes: Indexes) -> None:
    index_cables(indexes, FIRST, OTHER)
    indexes.drop(["08QUILL1#2/0"], [])
    assert indexes.vectors.ids() == {"08QUILL1#1/0", "08QUILL2#1/0"}
    assert indexes.lexical.search("ferry", 5, Filters())
    indexes.drop([], ["08QUILL1"])
    assert indexes.lexical.keys() == {"08QUILL2#1"}
    assert indexes.vectors.flat.ids() == {"08QUILL2#1/0"}
