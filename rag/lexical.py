"""The lexical index: BM25 over paragraphs with their context, in an embedded tantivy index."""

import json
import math
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from pathlib import Path
from typing import Any, Self

import tantivy

from rag.access import OWNER, Clearance
from rag.bm25 import bm25_scores, rarity
from rag.cable import Cable
from rag.errors import CablesError
from rag.filters import Filters
from rag.lexical_documents import ANALYZER, analyzer, documents_of, schema
from rag.vectors import Scored

_WRITER_BYTES = 64_000_000
_MOST = 0.75  # share of a query's words
_MONTHS = 1200
_MOST_COUNTS = 100_000


class LexicalIndex:
    """Paragraphs by their words: English stemming, accents folded, stop words dropped."""

    def __init__(self, folder: Path | None) -> None:
        """Open the index in `folder`, or make an empty one there; None for an empty one in memory."""
        self._reader = OWNER
        self._counts = Counts()
        self._schema = schema()
        self._analyzer = analyzer()
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        path = None if folder is None else str(folder)
        self._index = self._ready(lambda: tantivy.Index(self._schema, path, reuse=True))

    def as_reader(self, reader: Clearance) -> Self:
        """The same index as this reader sees it: finds, counts and lists only paragraphs that are for them."""
        view = copy(self)
        view._reader = reader
        return view

    def replace(self, cables: Iterable[Cable], removed: Sequence[str] = ()) -> None:
        """Index these cables in place of what was held under their ids, and drop `removed`; one commit."""
        writer = self._index.writer(heap_size=_WRITER_BYTES, num_threads=1)
        try:
            for cable_id in removed:
                writer.delete_documents_by_term("cable_id", cable_id)
            for cable in cables:
                writer.delete_documents_by_term("cable_id", str(cable.id))
                for document in documents_of(cable, self._analyzer):
                    writer.add_json(json.dumps(document))
            writer.commit()
            writer.wait_merging_threads()
        except (ValueError, OSError) as error:
            raise CablesError(f"the lexical index cannot be written: {error}; check the disk") from error
        self._index.reload()
        self._counts.forget()

    def search(self, query: str, k: int, filters: Filters) -> list[Scored]:
        """The `k` best paragraphs by BM25, best first."""
        if not (terms := self._terms(query)):
            return []
        found = self._narrowed(tantivy.Query.boolean_query(self._each(tantivy.Occur.Should, terms)), filters)
        searcher = self._searcher()
        if self._reader.classes is not None:
            return self._scored_anew(terms, searcher, searcher.search(found, limit=2 * k, count=False).hits)[:k]
        hits = searcher.search(found, limit=k, count=False).hits
        return [Scored(searcher.doc(address)["key"][0], float(score)) for score, address in hits]

    def holding(self, words: str, most: int, filters: Filters) -> list[str]:
        """Keys of up to `most` paragraphs that hold all of these words in some form."""
        if not (terms := self._terms(words)):
            return []
        searcher = self._searcher()
        found = self._narrowed(tantivy.Query.boolean_query(self._each(tantivy.Occur.Must, terms)), filters)
        return [searcher.doc(address)["key"][0] for _, address in searcher.search(found, limit=most, count=False).hits]

    def months(self, query: str, filters: Filters) -> dict[str, int]:
        """How many paragraphs of each month, such as `2008-08`, hold most of the words of a query, in order of time."""
        if not (terms := self._terms(query)):
            return {}
        should = self._each(tantivy.Occur.Should, terms)
        most = tantivy.Query.boolean_query(should, minimum_number_should_match=math.ceil(_MOST * len(terms)))
        by_month = {"months": {"terms": {"field": "month", "size": _MONTHS}}}
        found = self._searcher().aggregate(self._narrowed(most, filters), by_month)["months"]["buckets"]
        counts = {int(bucket["key"]): int(bucket["doc_count"]) for bucket in found}
        return {f"{month // 100}-{month % 100:02d}": counts[month] for month in sorted(counts)}

    def document_frequency(self, term: str) -> int:
        """In how many paragraphs an analysed term stands."""
        searcher = self._searcher()
        if self._reader.classes is None:
            return searcher.doc_freq("text", term)
        held = tantivy.Query.term_query(self._schema, "text", term)
        return int(self._counted(f"text:{term}", lambda: self._count(searcher, held)))

    def rarities(self, words: Iterable[str]) -> dict[str, float]:
        """For each word the inverse document frequency of its rarest term; 0 where it has none, as a stop word."""
        total = self._total(self._searcher())
        return {
            word: max(
                (rarity(self.document_frequency(term), total) for term in self._analyzer.analyze(word)), default=0
            )
            for word in dict.fromkeys(words)
        }

    def holds(self, word: str) -> bool:
        """Whether a paragraph holds the word in some form of it; so for stop words, which no paragraph is asked for."""
        return all(self.document_frequency(term) for term in self._analyzer.analyze(word))

    def texts_like(self, word: str, letters_wrong: int) -> list[str]:
        """Up to 50 indexed texts that hold a word at most so many letters (0 to 2) away from this one."""
        fuzzy = [
            (tantivy.Occur.Should, tantivy.Query.fuzzy_term_query(self._schema, "text", term, letters_wrong))
            for term in self._analyzer.analyze(word)
        ]
        searcher = self._searcher()
        found = self._narrowed(tantivy.Query.boolean_query(fuzzy), Filters())
        return [searcher.doc(address)["text"][0] for _, address in searcher.search(found, limit=50, count=False).hits]

    def _terms(self, words: str) -> list[str]:
        return list(dict.fromkeys(self._analyzer.analyze(words)))

    def _each(self, occur: tantivy.Occur, terms: Iterable[str]) -> list[tuple[tantivy.Occur, tantivy.Query]]:
        return [(occur, tantivy.Query.term_query(self._schema, "text", term)) for term in terms]

    def _scored_anew(self, terms: Sequence[str], searcher: tantivy.Searcher, hits: Iterable[Any]) -> list[Scored]:
        """Scores from the paragraphs that are for this reader.

        tantivy's own scores rest on how rare a word is in the whole archive, which would tell a reader of words in
        paragraphs that are not theirs.
        """
        documents = [searcher.doc(address) for _, address in hits]
        texts = [self._analyzer.analyze(document["text"][0]) for document in documents]
        length = self._counted("length", lambda: self._length(searcher))
        found_in = {term: self.document_frequency(term) for term in terms}
        scores = bm25_scores(texts, found_in, self._total(searcher), length)
        scored = [Scored(document["key"][0], score) for document, score in zip(documents, scores, strict=True)]
        return sorted(scored, key=lambda hit: (-hit.score, hit.key))

    def _length(self, searcher: tantivy.Searcher) -> float:
        every = self._narrowed(tantivy.Query.all_query(), Filters())
        return float(searcher.aggregate(every, {"words": {"avg": {"field": "words"}}})["words"]["value"] or 1.0)

    def _total(self, searcher: tantivy.Searcher) -> int:
        return int(self._counted("all", lambda: self._count(searcher, tantivy.Query.all_query())))

    def _counted(self, name: str, count: Callable[[], float]) -> float:
        """A count over all paragraphs for this reader, made once until the index changes."""
        return self._counts.of((str(self._reader.classes and sorted(self._reader.classes)), name), count)

    def _count(self, searcher: tantivy.Searcher, query: tantivy.Query) -> int:
        found: Any = searcher.search(self._narrowed(query, Filters()), limit=1)  # its stub lacks `count`
        return int(found.count)

    def entries(self, cables: Iterable[Cable]) -> list[tuple[str, str]]:
        """What the index should hold of these cables: each paragraph's key with the digest of all that is indexed."""
        documents = (document for cable in cables for document in documents_of(cable, self._analyzer))
        return [(document["key"], document["digest"]) for document in documents]

    def held(self, cable_ids: Sequence[str]) -> list[tuple[str, str]]:
        """What the index does hold of these cables, as `entries`."""
        found = tantivy.Query.term_set_query(self._schema, "cable_id", list(cable_ids))
        searcher = self._searcher()
        hits = searcher.search(found, limit=max(1, searcher.num_docs), count=False).hits
        documents = (searcher.doc(address) for _, address in hits)
        return [(document["key"][0], document["digest"][0]) for document in documents]

    def count(self) -> int:
        """How many paragraphs the index holds."""
        held: int = self._searcher().num_docs
        return held

    def keys(self) -> set[str]:
        """Keys of all paragraphs in the index."""
        searcher = self._searcher()
        found = self._narrowed(tantivy.Query.all_query(), Filters())
        hits = searcher.search(found, limit=max(1, searcher.num_docs), count=False).hits
        return {searcher.doc(address)["key"][0] for _, address in hits}

    def _searcher(self) -> tantivy.Searcher:
        return self._index.searcher()

    def _ready(self, opened: Callable[[], tantivy.Index]) -> tantivy.Index:
        try:
            index = opened()
        except (ValueError, OSError) as error:
            raise CablesError(f"the lexical index cannot be opened: {error}; run `cables rebuild --all`") from error
        index.register_tokenizer(ANALYZER, self._analyzer)
        return index

    def _narrowed(self, query: tantivy.Query, filters: Filters) -> tantivy.Query:
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), *self._conditions(filters)])

    def _conditions(self, filters: Filters) -> list[tuple[tantivy.Occur, tantivy.Query]]:
        queries: list[tantivy.Query] = []
        if (classes := self._reader.classes) is not None:
            queries.append(tantivy.Query.term_set_query(self._schema, "access", sorted(classes)))
            if filters.of_header:
                queries.append(tantivy.Query.term_set_query(self._schema, "header_access", sorted(classes)))
        chosen = {
            "post": filters.posts,
            "cable_id": filters.cables,
            "tags": filters.tags,
            "classification": filters.classifications,
        }
        queries += [
            tantivy.Query.term_set_query(self._schema, name, sorted(chosen[name])) for name in chosen if chosen[name]
        ]
        first, last = filters.first_second, filters.last_second
        if first is not None or last is not None:
            of_seconds = tantivy.FieldType.Integer
            queries.append(tantivy.Query.range_query(self._schema, "seconds", of_seconds, first, last))
        return [(tantivy.Occur.Must, tantivy.Query.const_score_query(query, 0.0)) for query in queries]


class Counts:
    """Counts by reader and name until they are forgotten. Threads and views share it."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, str], float] = {}

    def of(self, name: tuple[str, str], count: Callable[[], float]) -> float:
        """The count of this name, made if need be."""
        held = self._held  # a change meanwhile puts another in its place, and what is counted here is forgotten
        found = held.get(name)
        if found is None:
            if len(held) >= _MOST_COUNTS:
                held.clear()
            found = held[name] = count()
        return found

    def forget(self) -> None:
        """Have everything counted anew."""
        self._held = {}
