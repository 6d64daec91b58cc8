"""Answers from the catalog and the index of words: exact, the same every time, and with the reader's clearance."""

import time
from typing import Any

from rag.answers.catalog.cable_sets import CableSets, held_instead
from rag.answers.catalog.groupings import Groupings
from rag.answers.catalog.one_cable import OneCable
from rag.answers.catalog.reply import CatalogReply
from rag.answers.catalog.timeline import Timeline
from rag.answers.catalog.topic_words import TopicWords
from rag.answers.catalog.word_search import WordSearch
from rag.answers.catalog.wording import counted, sentence
from rag.catalog.catalog_reader import CatalogReader
from rag.catalog.counting import CableCounts, CableSelection
from rag.catalog.manifest import index_trace
from rag.catalog.scope import in_words
from rag.domain.answer import Answer, Sentence
from rag.domain.filters import Filters
from rag.index.lexical import LexicalIndex
from rag.query.catalog_question import CatalogQuestion
from rag.query.name_variants import NameVariants
from rag.query.parsed_query import ParsedQuery
from rag.retrieval.retrieval import Retriever

_RANKED = 100
"""Paragraphs searched to rank cables by."""


class CatalogAnswerer:
    """Answers what needs no reading of paragraphs, or only those of one cable."""

    def __init__(self, catalog: CatalogReader, lexical: LexicalIndex, retriever: Retriever) -> None:
        words, topics = WordSearch(lexical, CableCounts(catalog).subjects_like), TopicWords(lexical.word_idf)
        self._catalog = catalog
        self._retriever = retriever
        self._sets = CableSets(catalog, words, self._ranked, NameVariants(lexical))
        self._groupings = Groupings(catalog, self._sets)
        self._one = OneCable(catalog, topics)
        self._timeline = Timeline(
            lambda topic, filters, k: retriever.search(topic, k, filters),
            lambda keys: retriever.paragraphs([(key, 0.0) for key in keys]),
            topics,
        )

    def answer(self, query: ParsedQuery) -> Answer | None:
        """The answer; None where the question asks for content that has to be searched for."""
        started = time.perf_counter()
        reply = self._reply(query)
        return None if reply is None else self._answer(query, reply, started)

    def _reply(self, query: ParsedQuery) -> CatalogReply | None:
        if query.cable_question is not None and query.cited.cables and not query.cited.missing:
            return self._one.answer(query.cable_question, query.cited.cables)
        if query.absent:
            return self._absent(query.absent)
        if query.catalog_question is None:
            return self._absent_time(query.reported) if query.reported.date_from or query.reported.date_to else None
        question = query.catalog_question
        absent = None if question.shape == "count" else self._absent_time(query.filters)
        return absent or self._of_set(question, query.filters)

    def _of_set(self, question: CatalogQuestion, filters: Filters) -> CatalogReply:
        if question.shape == "timeline":
            return self._timeline.answer(question.conditions, filters)
        if question.shape == "topics":
            return self._groupings.topics(question, filters)
        if question.shape == "groups":
            return self._groupings.groups(question, filters)
        if question.shape == "first":
            return self._sets.first(question, filters)
        if question.shape == "list":
            return self._sets.listing(question, filters)
        return self._size() if question.shape == "size" else self._sets.count(question, filters)

    def _size(self) -> CatalogReply:
        size = self._catalog.size()
        text = f"the archive holds {counted(size.cables)} with {counted(size.paragraphs, 'paragraph')}"
        counts, everything = CableCounts(self._catalog), CableSelection()
        ends = counts.headers([*counts.ids(everything, 1), *counts.ids(everything, 1, latest=True)])
        if days := [f"{cable.date:%-d %B %Y}" for cable in ends if cable.date]:
            text += f", dated {days[0]} to {days[-1]}"
        return CatalogReply((Sentence(sentence(text), ()),))

    def _absent(self, names: tuple[str, ...]) -> CatalogReply:
        instead = held_instead(self._catalog, self._catalog.posts())
        return CatalogReply(reason=f"the archive holds no cables from {' or '.join(dict.fromkeys(names))}; {instead}")

    def _absent_time(self, filters: Filters) -> CatalogReply | None:
        """No cable is from there and then at all, whatever is asked of them."""
        bare = Filters(posts=filters.posts, date_from=filters.date_from, date_to=filters.date_to)
        if not bare or CableCounts(self._catalog).count(CableSelection(bare)):
            return None
        posts = self._catalog.posts()
        return CatalogReply(
            reason=f"the archive holds no cables {in_words(bare, posts)}; {held_instead(self._catalog, posts)}"
        )

    def _ranked(self, topic: str, filters: Filters) -> list[str]:
        found = self._retriever.search(topic, _RANKED, filters)
        return list(dict.fromkeys(paragraph.cable_id for paragraph in found))

    def _answer(self, query: ParsedQuery, reply: CatalogReply, started: float) -> Answer:
        size, manifest = self._catalog.size(), self._catalog.manifest()
        index = index_trace(manifest)
        trace: dict[str, Any] = {"model": None, "prompt_hash": None, "dropped_sources": 0, "index": index}
        return Answer(
            question=query.text,
            mode="extractive",
            sentences=reply.sentences,
            quotes=reply.quotes,
            abstained=reply.reason is not None,
            reason=reply.reason,
            retrieved=tuple(dict.fromkeys(quote.key for quote in reply.quotes if "#" in quote.key)),
            filters=tuple(query.conditions()),
            searched={"cables": size.cables, "paragraphs": size.paragraphs},
            trace=trace,
            timings_ms={"total": round((time.perf_counter() - started) * 1000, 1)},
            kind=query.kind,
            table=reply.table,
        )
