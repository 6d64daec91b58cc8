"""Finding the paragraphs that answer a question: meaning and words fused, then the best compared token by token."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rag.cable import Cable, Paragraph
from rag.cable_json import iso_utc
from rag.catalog_reader import CatalogReader
from rag.embedding import SentenceEmbeddings
from rag.filters import Filters
from rag.fusion import reciprocal_rank_fusion
from rag.late_interaction import LateInteraction
from rag.lexical import LexicalIndex
from rag.passage import Passage
from rag.vectors import Scored, VectorIndex


@dataclass(frozen=True, slots=True)
class RetrievalWeights:
    """How much each kind of evidence counts; 0 switches one off. Chosen on the `tune` halves of the golden sets."""

    dense: float = 1.0
    words: float = 1.0
    depth: int = 100
    """How many paragraphs each index contributes to the fusion."""
    reranked: int = 30
    """How many of the fused are scored anew by late interaction."""
    rerank_late: float = 1.0
    rerank_dense: float = 0.3
    rerank_words: float = 0.3


class Retriever:
    """Ranks the paragraphs of an archive."""

    def __init__(
        self,
        catalog: CatalogReader,
        vectors: VectorIndex,
        lexical: LexicalIndex,
        embeddings: SentenceEmbeddings,
        late: LateInteraction,
        weights: RetrievalWeights | None = None,
    ) -> None:
        self._catalog = catalog
        self._vectors = vectors
        self._lexical = lexical
        self._embeddings = embeddings
        self._late = late
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
        fused = list(reciprocal_rank_fusion(rankings).items())
        if weights.reranked:
            fused = self._reranked(question, fused, dense, words)
        return self.passages(fused[: k + 5])[:k]  # a few spare, for keys an ingest has just replaced

    def _reranked(
        self, question: str, fused: list[tuple[str, float]], dense: Sequence[Scored], words: Sequence[Scored]
    ) -> list[tuple[str, float]]:
        """The first `reranked` by late interaction, cosine and BM25 together; the others keep their order behind."""
        weights = self._weights
        head, tail = fused[: weights.reranked], fused[weights.reranked :]
        found = self._catalog.paragraphs([key for key, _ in head], searched=True)
        windows = {key: self._vectors.windows(*found[key]) for key, _ in head if key in found}
        if not windows:
            return fused
        late = self._late.scores(question, windows)
        by_meaning, by_words = _scaled(dense, False), _scaled(words, True)
        scores = {
            key: weights.rerank_late * score
            + weights.rerank_dense * by_meaning.get(key, by_meaning[""])
            + weights.rerank_words * by_words.get(key, by_words[""])
            for key, score in late.items()
        }
        return [*sorted(scores.items(), key=lambda item: -item[1]), *((key, 0.0) for key, _ in tail)]

    def similar(self, cable: Cable, paragraph: Paragraph, k: int) -> list[Passage]:
        """The `k` paragraphs nearest in meaning to this one, best first; the score is the cosine similarity."""
        windows = self._embeddings.encode(self._vectors.windows(cable, paragraph))
        middle = windows.mean(axis=0)
        hits = self._vectors.search((middle / np.linalg.norm(middle)).tolist(), k + 5, Filters())
        own = str(paragraph.key)
        return self.passages([(hit.key, hit.score) for hit in hits if hit.key != own])[:k]

    def passages(self, scored: Sequence[tuple[str, float]]) -> list[Passage]:
        """The paragraphs with these keys and scores, in this order; keys the catalog lacks are passed over."""
        found = self._catalog.paragraphs([key for key, _ in scored], searched=True)
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


def _scaled(hits: Sequence[Scored], by_best: bool) -> dict[str, float]:
    """Scores by key, as shares of the best where the scale is open; under "" the least, for keys not among the hits."""
    best = max((hit.score for hit in hits), default=0.0)
    scale = best if by_best and best > 0 else 1.0
    return {hit.key: hit.score / scale for hit in hits} | {"": min((hit.score / scale for hit in hits), default=0.0)}
