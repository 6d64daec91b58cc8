"""Finding the paragraphs that answer a question: meaning and words fused, then the best compared token by token."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from rag.catalog.catalog_reader import CatalogReader
from rag.domain.cable import Cable, Paragraph
from rag.domain.filters import Filters
from rag.domain.paragraph_key import cable_id_of
from rag.domain.retrieved_paragraph import RetrievedParagraph
from rag.encoders.embedding import SentenceEmbeddings
from rag.index.lexical import LexicalIndex
from rag.index.vectors import ScoredKey, VectorIndex
from rag.query.cited import CitedInQuestion
from rag.query.parsed_query import ParsedQuery
from rag.query.question_parts import question_parts
from rag.query.soft_filters import SoftFilters, read_soft_filters
from rag.retrieval.fusion import in_turns, reciprocal_rank_fusion
from rag.retrieval.late_interaction import LateInteraction
from rag.text.sentences import sentence_spans


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
    rerank_dense: float = 0.6
    rerank_words: float = 0.3
    prefer_period: float = 0.1
    """What a cable of a time the question names gains in reranking, where the scores reach from about 0.5 to 1.5."""
    prefer_post: float = 0.05
    parts: float = 0.5
    """Share of a part of the question, against the whole of it, when it asks for several things."""


@dataclass(frozen=True, slots=True)
class _Hits:
    """What the indexes find for a question or a part of one: cosines, shares of the best BM25, fused scores, by key."""

    text: str
    dense: dict[str, float]
    words: dict[str, float]
    fused: dict[str, float]


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

    def search(self, question: str, k: int = 20, filters: Filters | None = None) -> list[RetrievedParagraph]:
        """The `k` best paragraphs for these words under the filters, best first."""
        soft_filters = read_soft_filters(question, self._catalog.posts())
        return self.retrieve(ParsedQuery(question, question_parts(question), filters or Filters(), soft_filters), k)

    def retrieve(self, query: ParsedQuery, k: int = 20) -> list[RetrievedParagraph]:
        """The `k` best paragraphs for a question, best first; what it cites comes before all others."""
        cited = self.paragraphs([(key, 1.0) for key in self._cited_keys(query.cited)])
        if query.cited.missing:
            return cited[:k]
        first = {paragraph.key for paragraph in cited}
        return (cited + [paragraph for paragraph in self._ranked(query, k) if paragraph.key not in first])[:k]

    def _cited_keys(self, cited: CitedInQuestion) -> list[str]:
        """The cited paragraphs, then the summaries of the cited cables, or their first paragraphs."""
        keys = list(cited.paragraphs)
        for cable_id in cited.cables:
            cable = self._catalog.cable(cable_id)
            if cable is not None and cable.paragraphs:
                keys.append(cable.summary_key or str(cable.paragraphs[0].key))
        return list(dict.fromkeys(keys))

    def _ranked(self, query: ParsedQuery, k: int) -> list[RetrievedParagraph]:
        parts = query.parts if self._weights.parts else ()
        depth = max(self._weights.depth, k)
        whole, *of_parts = self._hits((query.text, *parts), depth, query.search_filters)
        scores = self._reranked(whole, of_parts, query.soft_filters) if self._weights.reranked else whole.fused
        # A few spare, for keys an ingest has just replaced.
        return self.paragraphs(self._copies_last(list(scores.items()))[: k + 5])[:k]

    def _hits(self, texts: Sequence[str], depth: int, filters: Filters) -> list[_Hits]:
        """What the indexes find for each text. Both let other threads go on while they search."""
        weights = self._weights

        def by_words(text: str) -> list[ScoredKey]:
            return self._lexical.search(text, depth, filters) if weights.words else []

        def by_meaning(text: str) -> list[ScoredKey]:
            return self._vectors.search(self._embeddings.embed_query(text), depth, filters) if weights.dense else []

        with ThreadPoolExecutor(os.cpu_count()) as threads:
            rankings = threads.map(by_words, texts), threads.map(by_meaning, texts)
            return [self._fused(*of_text) for of_text in zip(texts, *rankings, strict=True)]

    def _fused(self, text: str, words: Sequence[ScoredKey], dense: Sequence[ScoredKey]) -> _Hits:
        weights = self._weights
        rankings = [(weights.dense, [hit.key for hit in dense]), (weights.words, [hit.key for hit in words])]
        fused = dict(reciprocal_rank_fusion(rankings))
        return _Hits(text, _scaled(dense, False), _scaled(words, True), fused)

    def _reranked(self, whole: _Hits, parts: Sequence[_Hits], soft_filters: SoftFilters) -> dict[str, float]:
        """The first `reranked` scored anew, alternately for a question's parts; the others keep their order behind."""
        weights = self._weights
        pool = list(whole.fused)[: weights.reranked]
        for part in parts:
            pool += list(part.fused)[: weights.reranked // len(parts)]
        found = self._catalog.paragraphs(list(dict.fromkeys(pool)), searched=True)
        if not found:
            return whole.fused
        windows = {key: self._vectors.entries.texts(*of_key) for key, of_key in found.items()}
        preferred = {key: self._preference(cable, soft_filters) for key, (cable, _) in found.items()}
        late = self._late.scores([hits.text for hits in (whole, *parts)], windows)
        of_whole, *of_parts = [
            {key: self._mixed(key, score, hits) + preferred[key] for key, score in scores.items()}
            for hits, scores in zip((whole, *parts), late, strict=True)
        ]
        share = weights.parts
        with_whole = [
            {key: share * score + (1 - share) * of_whole[key] for key, score in scores.items()} for scores in of_parts
        ]
        rankings = [sorted(scores, key=lambda key: -scores[key]) for scores in with_whole or [of_whole]]
        behind = {key: 0.0 for key in whole.fused if key not in of_whole}
        return {key: of_whole[key] for key in in_turns(rankings)} | behind

    def _mixed(self, key: str, late: float, hits: _Hits) -> float:
        weights = self._weights
        return (
            weights.rerank_late * late
            + weights.rerank_dense * hits.dense.get(key, hits.dense[""])
            + weights.rerank_words * hits.words.get(key, hits.words[""])
        )

    def _preference(self, cable: Cable, soft_filters: SoftFilters) -> float:
        weights = self._weights
        return weights.prefer_period * soft_filters.suits_period(cable) + weights.prefer_post * soft_filters.suits_post(
            cable
        )

    def _copies_last(self, ranked: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
        """The same paragraph of cables with the same text is one piece of evidence: further copies come last."""
        cables = {key: cable_id_of(key) for key, _ in ranked}
        leaders = self._catalog.duplicates_of(list(dict.fromkeys(cables.values())))
        seen: set[str] = set()
        firsts: list[tuple[str, float]] = []
        copies: list[tuple[str, float]] = []
        for key, score in ranked:
            original = leaders.get(cables[key], cables[key]) + key[len(cables[key]) :]
            (copies if original in seen else firsts).append((key, score))
            seen.add(original)
        return firsts + copies

    def similar(self, cable: Cable, paragraph: Paragraph, k: int) -> list[RetrievedParagraph]:
        """The `k` paragraphs nearest in meaning to this one, best first; the score is the cosine similarity."""
        windows = self._embeddings.encode(self._vectors.entries.texts(cable, paragraph))
        middle = windows.mean(axis=0)
        hits = self._vectors.search((middle / np.linalg.norm(middle)).tolist(), k + 5, Filters())
        own = str(paragraph.key)
        return self.paragraphs([(hit.key, hit.score) for hit in hits if hit.key != own])[:k]

    def paragraphs(self, scored: Sequence[tuple[str, float]]) -> list[RetrievedParagraph]:
        """The paragraphs with these keys and scores, in this order; keys the catalog lacks are left out."""
        held = self._catalog.paragraphs([key for key, _ in scored], searched=True)
        with_year = self._catalog.shared_labels({str(cable.id) for cable, _ in held.values()})
        return [
            RetrievedParagraph(
                cable,
                paragraph,
                score=round(score, 6),
                sentences=tuple(sentence_spans(paragraph.text)),
                with_year=str(cable.id) in with_year,
            )
            for key, score in scored
            if key in held
            for cable, paragraph in [held[key]]
        ]


def _scaled(hits: Sequence[ScoredKey], by_best: bool) -> dict[str, float]:
    """Scores by key, as shares of the best where the scale is open; under "" the least, for keys not among the hits."""
    best = max((hit.score for hit in hits), default=0.0)
    scale = best if by_best and best > 0 else 1.0
    return {hit.key: hit.score / scale for hit in hits} | {"": min((hit.score / scale for hit in hits), default=0.0)}
