"""What a reader may not see is in no count."""

from rag.domain.access import Clearance
from rag.domain.filters import Filters
from rag.domain.marking import Level
from rag.index.lexical import LexicalIndex
from tests.rag.samples import make_cable


def test_counts_are_of_the_readers_paragraphs_and_follow_the_index() -> None:
    index = LexicalIndex(None)
    index.replace(
        [make_cable("08QUILL1", ("U", "A lantern."), ("S", "A lantern and a bell."), classification="SECRET")]
    )
    limited = index.as_reader(Clearance(Level.U))
    assert (index.document_frequency("lantern"), limited.document_frequency("lantern")) == (2, 1)
    assert not limited.contains_word("bell") and index.contains_word("bell")
    index.replace([make_cable("08QUILL1", ("U", "A ferry."))])
    assert limited.document_frequency("lantern") == 0
    assert index.keys_containing("ferry", 5, Filters()) == ["08QUILL1#1"]
