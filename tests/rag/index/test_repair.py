"""What a repair deletes and marks; test_audit repairs whole archives."""

import pytest

from rag.catalog.catalog import Catalog
from rag.errors import CablesError
from rag.index.audit import FLAT, MISSING, SURPLUS, UNREADABLE, VECTORS, WORDS, Audit, Difference
from rag.index.indexes import Indexes
from rag.index.repair import mark_for_repair
from tests.rag.samples import make_cable
from tests.rag.word_embeddings import index_cables


@pytest.fixture
def stored(catalog: Catalog, indexes: Indexes) -> Indexes:
    known = [make_cable(f"08QUILL{number}", f"Lantern number {number}.", subject=None) for number in (1, 2, 3)]
    for cable in known:
        catalog.put(cable)
    catalog.mark_indexed(catalog.ids())
    index_cables(indexes, *known, make_cable("08ROOK9", "Of another archive."))
    return indexes


def test_differing_and_unindexed_cables_are_counted_once(catalog: Catalog, stored: Indexes) -> None:
    differences = [Difference(VECTORS, MISSING, "08QUILL1#1/0"), Difference(WORDS, MISSING, "08QUILL1#1")]
    audit = Audit(unindexed=["08QUILL1", "08QUILL2"], differences=differences)
    assert mark_for_repair(catalog, stored, audit) == 2
    assert catalog.unindexed() == ["08QUILL1"]


def test_entries_of_unknown_cables_are_deleted_from_every_index(catalog: Catalog, stored: Indexes) -> None:
    entries = {VECTORS: "08ROOK9#1/0", FLAT: "08ROOK9#1/0", WORDS: "08ROOK9#1"}
    audit = Audit(differences=[Difference(index, SURPLUS, entry) for index, entry in entries.items()])
    assert mark_for_repair(catalog, stored, audit) == 0
    assert not any("ROOK" in name for name in stored.vectors.ids() | stored.vectors.flat.ids() | stored.lexical.keys())
    assert stored.lexical.count() == 3


def test_vectors_that_cannot_be_read_are_deleted(catalog: Catalog, stored: Indexes) -> None:
    mark_for_repair(catalog, stored, Audit(differences=[Difference(VECTORS, UNREADABLE, "08QUILL3")]))
    assert stored.vectors.stored(["08QUILL3"]) == []
    assert catalog.unindexed() == ["08QUILL3"]


@pytest.mark.parametrize(
    ("audit", "remedy"),
    [(Audit(damage=["a torn page"]), "cables restore"), (Audit(encoder=0.1), "cables rebuild --all")],
)
def test_what_indexing_cannot_repair_is_an_error_with_a_remedy(
    catalog: Catalog, stored: Indexes, audit: Audit, remedy: str
) -> None:
    with pytest.raises(CablesError, match=remedy):
        mark_for_repair(catalog, stored, audit)
    assert catalog.unindexed() == []
