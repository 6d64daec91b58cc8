"""Finding the paragraphs that answer a question: meaning and words fused, then the best compared token by token."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from rag.cable import Cable, Paragraph
from rag.cable_json import iso_utc
from rag.catalog_reader import CatalogReader
from rag.embedding import SentenceEmbeddings
from rag.filters import Filters
from rag.fusion import in_turns, reciprocal_rank_fusion
from rag.late_interaction import LateInteraction
from rag.lexical import LexicalIndex
from rag.passage import Passage
from rag.preferences import Preferences, read_preferences
from rag.question_parts import question_parts
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
    rerank_dense: float = 0.6
    rerank_words: float = 0.3
    prefer_period: float = 0.1
    """What a cable of a time the question names gains in reranking, where the scores reach from about 0.5 to 1.5."""
    prefer_post: float = 0.05
    parts: float = 0.5
    """Share of a part of the question, against the whole of it, when it asks for several things."""


@dataclass(frozen=True, slots=True)
class _Looked:
    """A question, or a part of one, with what the indexes found: cosines, shares of the best BM25, keys fused."""

    question: str
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

    def search(
        self, question: str, k: int = 20, filters: Filters | None = None, preferences: Preferences | None = None
    ) -> list[Passage]:
        """The `k` best paragraphs under the filters, best first.

        `preferences` are read from the question where none are given.
        """
        if preferences is None:
            preferences = read_preferences(question, self._catalog.posts())
        depth = max(self._weights.depth, k)
        parts = question_parts(question) if self._weights.parts else ()
        whole, *looked = self._look((question, *parts), depth, filters or Filters())
        ranked = self._reranked(whole, looked, preferences) if self._weights.reranked else whole.fused
        # A few spare, for keys an ingest has just replaced.
        return self.passages(self._copies_last(list(ranked.items()))[: k + 5])[:k]

    def _look(self, questions: Sequence[str], depth: int, filters: Filters) -> list[_Looked]:
        """What the indexes find for each question. Both let other threads go on while they search."""
        weights = self._weights

        def by_words(question: str) -> list[Scored]:
            return self._lexical.search(question, depth, filters) if weights.words else []

        def by_meaning(question: str) -> list[Scored]:
            return self._vectors.search(self._embeddings.embed_query(question), depth, filters) if weights.dense else []

        with ThreadPoolExecutor(os.cpu_count()) as threads:
            found = threads.map(by_words, questions), threads.map(by_meaning, questions)
            return [self._fused(*each) for each in zip(questions, *found, strict=True)]

    def _fused(self, question: str, words: Sequence[Scored], dense: Sequence[Scored]) -> _Looked:
        weights = self._weights
        rankings = [(weights.dense, [hit.key for hit in dense]), (weights.words, [hit.key for hit in words])]
        fused = dict(reciprocal_rank_fusion(rankings))
        return _Looked(question, _scaled(dense, False), _scaled(words, True), fused)

    def _reranked(self, whole: _Looked, parts: Sequence[_Looked], preferences: Preferences) -> dict[str, float]:
        """The first `reranked` scored anew, in turns for a question's parts; the others keep their order behind."""
        weights = self._weights
        pool = list(whole.fused)[: weights.reranked]
        for part in parts:
            pool += list(part.fused)[: weights.reranked // len(parts)]
        found = self._catalog.paragraphs(list(dict.fromkeys(pool)), searched=True)
        if not found:
            return whole.fused
        windows = {key: self._vectors.windows(*each) for key, each in found.items()}
        preferred = {
            key: weights.prefer_period * preferences.suits_period(cable)
            + weights.prefer_post * preferences.suits_post(cable)
            for key, (cable, _) in found.items()
        }
        late = self._late.scores([each.question for each in (whole, *parts)], windows)
        of_whole, *of_parts = [
            {
                key: weights.rerank_late * score
                + weights.rerank_dense * looked.dense.get(key, looked.dense[""])
                + weights.rerank_words * looked.words.get(key, looked.words[""])
                + preferred[key]
                for key, score in scores.items()
            }
            for looked, scores in zip((whole, *parts), late, strict=True)
        ]
        mixed = [
            {key: weights.parts * score + (1 - weights.parts) * of_whole[key] for key, score in scores.items()}
            for scores in of_parts
        ]
        rankings = [sorted(scores, key=lambda key: -scores[key]) for scores in mixed or [of_whole]]
        return {key: of_whole[key] for key in in_turns(rankings)} | {
            key: 0.0 for key in whole.fused if key not in of_whole
        }

    def _copies_last(self, ranked: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
        """Behind the others, the same paragraph of cables with the same text: it is one piece of evidence."""
        cables = {key: key.partition("#")[0] for key, _ in ranked}
        leaders = self._catalog.duplicates_of(list(dict.fromkeys(cables.values())))
        seen: set[str] = set()
        firsts: list[tuple[str, float]] = []
        copies: list[tuple[str, float]] = []
        for key, score in ranked:
            original = leaders.get(cables[key], cables[key]) + key[len(cables[key]) :]
            (copies if original in seen else firsts).append((key, score))
            seen.add(original)
        return firsts + copies

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
