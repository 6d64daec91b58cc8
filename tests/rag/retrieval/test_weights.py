"""The weights of a ranking."""

from rag.retrieval.weights import RetrievalWeights, weights_of


def test_every_kind_of_evidence_that_is_collected_first_counts() -> None:
    weights = RetrievalWeights()
    assert min(weights.first.dense, weights.first.words, weights.first.cable) > 0
    assert weights.reranked <= 2 * weights.depth


def test_vectors_of_a_strong_encoder_count_more() -> None:
    packaged, strong = weights_of("all-MiniLM-L6-v2"), weights_of("embeddinggemma-300m")
    assert packaged == RetrievalWeights() == weights_of("another")
    assert strong.final.dense / strong.final.late > packaged.final.dense / packaged.final.late
    assert strong.first.words < packaged.first.words
