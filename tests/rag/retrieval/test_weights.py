"""The weights of a ranking."""

from rag.retrieval.weights import RetrievalWeights


def test_every_kind_of_evidence_that_is_collected_first_counts() -> None:
    weights = RetrievalWeights()
    assert min(weights.first.dense, weights.first.words, weights.first.cable) > 0
    assert weights.reranked <= 2 * weights.depth
