"""Finding the paragraphs that answer a question: meaning and words, fused, with the cable's own evidence."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rag.cable_json import iso_utc
from rag.catalog import Catalog
from rag.embedding import SentenceEmbeddings
from rag.filters import Filters
from rag.fusion import reciprocal_rank_fusion
from rag.lexical import LexicalIndex
from rag.passage import Passage
from rag.vectors import Scored, VectorIndex


@dataclass(frozen=True, slots=True)
class RetrievalWeights:
    """How much each ranking counts in the fusion; 0 switches one off."""

    dense: float = 1.0
    words: float = 1.0
    cable: float = 0.5
    depth: int = 100
    """How many paragraphs each index contributes."""


class Retriever:
    """Ranks the paragraphs of an archive."""

    def __init__(
        self,
        catalog: Catalog,
        vectors: VectorIndex,
        lexical: LexicalIndex,
        embeddings: SentenceEmbeddings,
        weights: RetrievalWeights | None = None,
    ) -> None:
        self._catalog = catalog
        self._vectors = vectors
        self._lexical = lexical
        self._embeddings = embeddings
        self._weights = weights or RetrievalWeights()

    def search(self, question: str, k: int = 20, filters: Filters | None = None) -> list[Passage]:
        """The `k` best paragraphs under the filters, best first."""
        weights, filters = self._weights, filters or Filters()
        depth = max(weights.depth, k)
        words = self._lexical.search(question, depth, filters) if weights.words else []
        dense = self._vectors.search(self._embeddings.embed_query(question), depth, filters) if weights.dense else []
        rankings = [
            (weights.dense, [hit.key for hit in dense]),
            (weights.words, [hit.key for hit in words]),
        ]
        if weights.cable:
            rankings.append((weights.cable, _by_cable(dense, words)))
        fused = reciprocal_rank_fusion(rankings)
        best = list(fused.items())[: k + 5]  # a few spare, for keys an ingest has just replaced
        return self.passages(best)[:k]

    def passages(self, scored: Sequence[tuple[str, float]]) -> list[Passage]:
        """The paragraphs with these keys and scores, in this order; keys the catalog lacks are passed over."""
        found = self._catalog.paragraphs([key for key, _ in scored])
        shared = self._catalog.shared_labels({str(cable.id) for cable, _ in found.values()})
        passages: list[Passage] = []
        for key, score in scored:
            if key not in found:
                continue
            cable, paragraph = found[key]
            passages.append(
                Passage(
                    key=key,
                    citation=cable.citation(paragraph, str(cable.id) in shared),
                    cable_id=str(cable.id),
                    post=cable.post,
                    date=iso_utc(cable.date),
                    subject=cable.subject,
                    heading=paragraph.heading,
                    marking=paragraph.marking,
                    effective_marking=paragraph.effective_marking,
                    text=paragraph.text,
                    score=round(score, 6),
                )
            )
        return passages


def _by_cable(dense: Sequence[Scored], words: Sequence[Scored]) -> list[str]:
    """All candidates ordered by their cable's evidence: a cable whose other paragraphs match too is likelier meant."""
    ranks = reciprocal_rank_fusion([(1.0, [hit.key for hit in dense]), (1.0, [hit.key for hit in words])])
    evidence: dict[str, float] = defaultdict(float)
    for key, score in ranks.items():
        evidence[key.partition("#")[0]] += score
    return sorted(ranks, key=lambda key: (-evidence[key.partition("#")[0]], -ranks[key]))
