import pytest

from rag.index.vectors import ScoredKey
from rag.retrieval.features import Features, Hits


@pytest.fixture
def hits() -> Hits:
    dense = [ScoredKey("08QUILL1#1", 0.9), ScoredKey("08GANNET2#1", 0.4)]
    words = [ScoredKey("08QUILL1#2", 8.0), ScoredKey("08QUILL1#1", 6.0), ScoredKey("08GANNET2#1", 2.0)]
    return Hits.of(dense, words)


def test_words_are_shares_of_the_best_and_the_cable_counts_by_its_other_paragraphs(hits: Hits) -> None:
    assert hits.features("08QUILL1#1") == Features(dense=0.9, words=0.75, cable=1.0)
    assert hits.features("08QUILL1#2") == Features(dense=0.4, words=1.0, cable=0.75)


def test_what_an_index_has_not_found_counts_as_its_last(hits: Hits) -> None:
    assert hits.features("08GANNET3#1") == Features(dense=0.4, words=0.25, cable=0.25)
    assert hits.features("08GANNET2#1").cable == 0.25


def test_without_hits_every_feature_is_zero() -> None:
    assert Hits.of([], []).features("08QUILL1#1") == Features()


def test_a_mix_is_the_weighted_sum() -> None:
    assert Features(late=0.5, words=1.0).mixed(Features(late=2.0, words=0.25, period=9.0)) == 1.25
