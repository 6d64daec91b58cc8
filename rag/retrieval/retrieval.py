"""Finding the paragraphs that answer a question: by meaning and by words, then the best compared token by token."""

import os
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from rag.catalog.catalog_reader import CatalogReader
from rag.domain.cable import Cable, Paragraph
from rag.domain.filters import Filters
from rag.domain.paragraph_key import cable_id_of
from rag.domain.retrieved_paragraph import RetrievedParagraph
from rag.encoders.encoder import SearchEmbeddings
from rag.index.lexical import LexicalIndex
from rag.index.vectors import ScoredKey, VectorIndex
from rag.query.cited import CitedInQuestion
from rag.query.parsed_query import ParsedQuery, QuestionPart
from rag.query.question_parts import question_parts
from rag.query.soft_filters import read_soft_filters
from rag.retrieval.features import Features, Hits
from rag.retrieval.late_interaction import LateInteraction
from rag.retrieval.rankings import descending, in_turns
from rag.retrieval.reranker import Reranker
from rag.retrieval.weights import RetrievalWeights
from rag.text.sentences import sentence_spans


@dataclass(frozen=True, slots=True)
class Retrieved:
    """Paragraphs, best first, the question under the conditions that were kept, and the time the reranker took."""

    paragraphs: list[RetrievedParagraph]
    query: ParsedQuery
    reranking_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class _Search:
    """A question, or a part of one, and what was found for it.

    `hits` are those under its conditions and those without what its words state; `relaxed` is the part without that.
    `ranked` are their keys, best first by what the indexes say; `within` those that meet what the words state, None
    where they state nothing.
    """

    part: QuestionPart
    relaxed: QuestionPart
    hits: Hits
    ranked: tuple[str, ...]
    within: frozenset[str] | None

    def meets(self, key: str) -> bool:
        """Whether this paragraph meets what the words state."""
        return self.within is None or key in self.within


class Retriever:
    """Ranks the paragraphs of an archive."""

    def __init__(
        self,
        catalog: CatalogReader,
        vectors: VectorIndex,
        lexical: LexicalIndex,
        embeddings: SearchEmbeddings,
        late: LateInteraction,
        weights: RetrievalWeights | None = None,
        reranker: Reranker | None = None,
    ) -> None:
        self._catalog = catalog
        self._vectors = vectors
        self._lexical = lexical
        self._embeddings = embeddings
        self._late = late
        self._weights = weights or RetrievalWeights()
        self._reranker = reranker

    def search(self, question: str, k: int = 20, filters: Filters | None = None) -> list[RetrievedParagraph]:
        """The `k` best paragraphs for these words under the filters, best first."""
        parts = (question, *question_parts(question))
        posts, chosen = self._catalog.posts(), filters or Filters()
        whole, *rest = (QuestionPart(part, chosen, read_soft_filters(part, posts)) for part in parts)
        query = ParsedQuery(question, tuple(rest), chosen, whole.soft_filters, chosen=chosen)
        return self.retrieve(query, k).paragraphs

    def retrieve(self, query: ParsedQuery, k: int = 20) -> Retrieved:
        """The `k` best paragraphs for a question; what it cites comes before all others."""
        cited = self.paragraphs([(key, 1.0) for key in self._cited_keys(query.cited)])
        if query.cited.missing:
            return Retrieved(cited[:k], query)
        searches = self._searches(query, max(self._weights.depth, k))
        weights = self._weights.final if query.in_english else self._weights.foreign
        scores, kept, seconds = self._ranked(searches, weights)
        in_order = self._copies_last([item for item in scores.items() if item[0] not in query.left_out])
        if self._reranker is not None:
            in_order = descending(in_order)
        # A few spare, for keys an ingest has just replaced.
        ranked = self.paragraphs(in_order[: k + 5])[:k]
        first = {paragraph.key for paragraph in cited}
        paragraphs = cited + [paragraph for paragraph in ranked if paragraph.key not in first]
        return Retrieved(paragraphs[:k], query.searched_as(kept), seconds)

    def _cited_keys(self, cited: CitedInQuestion) -> list[str]:
        """The cited paragraphs, then the summaries of the cited cables, or their first paragraphs."""
        keys = list(cited.paragraphs)
        for cable_id in cited.cables:
            cable = self._catalog.cable(cable_id)
            if cable is not None and cable.paragraphs:
                keys.append(cable.summary_key or str(cable.paragraphs[0].key))
        return list(dict.fromkeys(keys))

    def _searches(self, query: ParsedQuery, depth: int) -> list[_Search]:
        """What the indexes find for the question and its parts. Both let other threads go on while they search."""
        parts = query.searches if self._weights.parts else query.searches[:1]
        relaxed = [part.relaxed(query.chosen) for part in parts]
        followed = [_in_followed(part) for part in parts if part.soft_filters.cables]
        wanted = list(dict.fromkeys((part.text, part.filters) for part in (*parts, *relaxed, *followed)))

        def by_words(search: tuple[str, Filters]) -> list[ScoredKey]:
            text, filters = search
            words = query.words_of(text)
            return self._lexical.search(words, depth, filters) if self._weights.first.words else []

        def by_meaning(search: tuple[str, Filters]) -> list[ScoredKey]:
            text, filters = search
            if not self._weights.first.dense:
                return []
            return self._vectors.search(self._embeddings.embed_query(text), depth, filters)

        with ThreadPoolExecutor(os.cpu_count()) as threads:
            rankings = threads.map(by_meaning, wanted), threads.map(by_words, wanted)
            found = dict(zip(wanted, zip(*rankings, strict=True), strict=True))
        bare = query.chosen.within(query.cited.cable_ids)
        return [
            _search(part, loose, bare, found, self._weights.first) for part, loose in zip(parts, relaxed, strict=True)
        ]

    def features(self, query: ParsedQuery) -> dict[str, Features]:
        """The features of every paragraph that is compared with a whole question, by key; for fitting weights."""
        return self._compared(self._searches(query, self._weights.depth)[:1])[0]

    def _ranked(
        self, searches: Sequence[_Search], weights: Features
    ) -> tuple[dict[str, float], list[QuestionPart], float]:
        """Scores by key, best first, for the parts of a question in turns; the conditions kept; see `Retrieved`."""
        scores = [
            {key: features.mixed(weights) for key, features in compared.items()}
            for compared in self._compared(searches)
        ]
        kept = [self._kept(search, own) for search, own in zip(searches, scores, strict=True)]
        share = self._weights.parts
        rankings = [
            sorted(keys, key=lambda key: -(share * own[key] + (1 - share) * scores[0][key]))
            for own, (_, keys) in zip(scores[1:] or scores, kept[1:] or kept, strict=True)
        ]
        parts, whole = [part for part, _ in kept], searches[0]
        behind = [key for key in filter(whole.meets, whole.ranked) if key not in scores[0]]
        order = [*in_turns(rankings), *behind]
        if self._reranker is None:
            return {key: scores[0].get(key, 0.0) for key in order}, parts, 0.0
        started = time.perf_counter()
        asked = [part.text for part in parts[1:] or parts]
        reranked = self._reranked(self._reranker, asked, rankings if parts[1:] else [order])
        ranked = {key: reranked.get(key, 0.0) for key in [*reranked, *order]}
        return ranked, parts, time.perf_counter() - started

    def _reranked(self, reranker: Reranker, asked: list[str], rankings: list[list[str]]) -> dict[str, float]:
        """The reranker's scores by key for the first of each ranking, best first and in turns."""
        firsts = [ranking[: self._weights.by_reranker // len(rankings)] for ranking in rankings]
        found = self._catalog.paragraphs(in_turns(firsts), searched=True)
        windows = {key: self._late.entries.texts(*of_key) for key, of_key in found.items()}
        scores = [
            reranker.scores(question, {key: windows[key] for key in first if key in windows})
            for question, first in zip(asked, firsts, strict=True)
        ]
        return {key: max(own.get(key, 0.0) for own in scores) for key in in_turns([list(own) for own in scores])}

    def _compared(self, searches: Sequence[_Search]) -> list[dict[str, Features]]:
        """The features, for each search, of the paragraphs that are compared with all of them token by token."""
        whole, *parts = searches
        pool = self._pool(whole, self._weights.reranked)
        for search in parts:
            pool += self._pool(search, self._weights.reranked // len(parts))
        found = self._catalog.paragraphs(list(dict.fromkeys(pool)), searched=True)
        windows = {key: self._late.entries.texts(*of_key) for key, of_key in found.items()}
        late = self._late.scores([search.part.text for search in searches], windows)
        return [
            {
                key: search.hits.features(key)._replace(
                    late=own[key],
                    period=search.relaxed.soft_filters.suits_period(cable),
                    post=search.relaxed.soft_filters.suits_post(cable),
                    followed=cable_id_of(key) in search.part.soft_filters.cables,
                )
                for key, (cable, _) in found.items()
            }
            for search, own in zip(searches, late, strict=True)
        ]

    def _pool(self, search: _Search, size: int) -> list[str]:
        """What is compared token by token: the first of each index, then the best by what the indexes say."""
        pool: list[str] = []
        followed = search.part.soft_filters.cables
        bounds = [search.hits.holds] if search.within is None else [search.meets, search.hits.holds]
        if followed:
            bounds.append(lambda key: cable_id_of(key) in followed)
        for meets in bounds:
            rankings = [list(filter(meets, ranking)) for ranking in (search.hits.dense, search.hits.words)]
            kept = in_turns([ranking[: self._weights.kept] for ranking in rankings])
            pool += list(dict.fromkeys([*kept, *filter(meets, search.ranked)]))[:size]
        return pool

    def _kept(self, search: _Search, scores: Mapping[str, float]) -> tuple[QuestionPart, list[str]]:
        """The part with the conditions that hold for it, and the keys that meet them.

        What its words state is only a hint where something far better is found without it.
        """
        within = list(filter(search.meets, scores))
        best = max(scores.values(), default=0.0)
        best_within = max((scores[key] for key in within), default=float("-inf"))
        if search.relaxed.filters == search.part.filters or best - best_within <= self._weights.dropped:
            return search.part, within
        return search.relaxed, list(filter(search.hits.holds, scores))

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
        """The `k` paragraphs nearest in meaning to this one, best first; the score is the cosine similarity.

        None while it has no vectors: it is not indexed yet, or the encoder may not read it.
        """
        own = str(paragraph.key)
        windows = [vector for window, vector in self._vectors.stored([str(cable.id)]) if window.key == own]
        if not windows:
            return []
        middle = np.mean(windows, axis=0)
        hits = self._vectors.search((middle / np.linalg.norm(middle)).tolist(), k + 5, Filters())
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


def _in_followed(part: QuestionPart) -> QuestionPart:
    """The part, searched within the cables of the answer before it."""
    cables = part.filters.cables or part.soft_filters.cables
    return replace(part, filters=replace(part.filters, cables=cables))


def _search(
    part: QuestionPart,
    relaxed: QuestionPart,
    bare: Filters,
    found: Mapping[tuple[str, Filters], tuple[Sequence[ScoredKey], Sequence[ScoredKey]]],
    weights: Features,
) -> _Search:
    """`bare` are the conditions of every part, so all that was found for another part meets them."""
    dense, words = found[part.text, part.filters]
    if part.soft_filters.cables:
        also_dense, also_words = found[part.text, _in_followed(part).filters]
        dense, words = [*dense, *also_dense], [*words, *also_words]
    within = None if part.filters == bare else frozenset(hit.key for hit in (*dense, *words))
    if relaxed.filters != part.filters:
        more_dense, more_words = found[relaxed.text, relaxed.filters]
        dense, words = [*more_dense, *dense], [*more_words, *words]
    hits = Hits.of(dense, words)
    return _Search(part, relaxed, hits, hits.ranked(weights), within)
