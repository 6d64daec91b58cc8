"""The lexical index: BM25 over paragraphs with their context, in an embedded tantivy index."""

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import tantivy

from rag.domain.cable import Cable
from rag.domain.filters import Filters
from rag.errors import CablesError
from rag.index.bm25 import bm25_idf, bm25_scores
from rag.index.lexical_documents import documents_of
from rag.index.literal_index import LiteralIndex
from rag.index.name_index import NameIndex
from rag.index.vectors import ScoredKey

_WRITER_BYTES = 64_000_000
_MOST_OF = 0.75  # share of a query's terms that counts as most of them
_MAX_MONTHS = 1200


class LexicalIndex(NameIndex, LiteralIndex):
    """Paragraphs by their words: English stemming, accents folded, stop words dropped."""

    def replace(self, cables: Iterable[Cable], removed: Sequence[str] = ()) -> None:
        """Replace what is stored of these cables and delete the cables `removed`, in one commit.

        Raises:
            CablesError: the index cannot be written.
        """
        with self._writing() as writer:
            for cable_id in removed:
                writer.delete_documents_by_term("cable_id", cable_id)
            for cable in cables:
                writer.delete_documents_by_term("cable_id", str(cable.id))
                self._add(writer, cable)

    def rewrite(self, cables: Iterable[Cable]) -> None:
        """Hold these cables and nothing else, in new files: tantivy keeps what was deleted until it merges segments.

        Searches find the old until all of the new is there.

        Raises:
            CablesError: the index cannot be written.
        """
        with self._writing() as writer:
            writer.delete_all_documents()
            for cable in cables:
                self._add(writer, cable)
            writer.commit()
            writer.garbage_collect_files()

    @contextmanager
    def _writing(self) -> Iterator[tantivy.IndexWriter]:
        writer = self._index.writer(heap_size=_WRITER_BYTES, num_threads=1)
        try:
            yield writer
            writer.commit()
            writer.wait_merging_threads()
        except (ValueError, OSError) as error:
            raise CablesError(f"the lexical index cannot be written: {error}; check the disk") from error
        self._index.reload()
        self._counts.clear()

    def _add(self, writer: tantivy.IndexWriter, cable: Cable) -> None:
        for document in documents_of(cable, self._analyzer):
            writer.add_json(json.dumps(document))

    def search(self, query: str, k: int, filters: Filters) -> list[ScoredKey]:
        """The `k` best paragraphs by BM25, best first."""
        if not (terms := self._terms(query)):
            return []
        any_term = tantivy.Query.boolean_query(self._clauses(tantivy.Occur.Should, terms))
        searcher, restricted = self._searcher(), self._reader.classes is not None
        limit = 2 * k if restricted else k
        hits = searcher.search(self._filtered(any_term, filters), limit=limit, count=False).hits
        if restricted:
            return self._rescored(terms, searcher, hits)[:k]
        return [ScoredKey(searcher.doc(address)["key"][0], float(score)) for score, address in hits]

    def keys_containing(self, words: str, limit: int, filters: Filters) -> list[str]:
        """Keys of up to `limit` paragraphs that contain all of these words in some form."""
        if not (terms := self._terms(words)):
            return []
        searcher = self._searcher()
        all_terms = tantivy.Query.boolean_query(self._clauses(tantivy.Occur.Must, terms))
        hits = searcher.search(self._filtered(all_terms, filters), limit=limit, count=False).hits
        return [searcher.doc(address)["key"][0] for _, address in hits]

    def texts_containing(self, words: str, limit: int, filters: Filters) -> list[tuple[str, str]]:
        """Up to `limit` paragraphs that contain all of these words in some form, as (key, indexed text)."""
        if not (terms := self._terms(words)):
            return []
        searcher = self._searcher()
        all_terms = tantivy.Query.boolean_query(self._clauses(tantivy.Occur.Must, terms))
        hits = searcher.search(self._filtered(all_terms, filters), limit=limit, count=False).hits
        documents = (searcher.doc(address) for _, address in hits)
        return [(document["key"][0], document["text"][0]) for document in documents]

    def months(self, query: str, filters: Filters) -> dict[str, int]:
        """How many paragraphs of each month, such as `2008-08`, contain most terms of a query; in order of time."""
        if not (terms := self._terms(query)):
            return {}
        clauses = self._clauses(tantivy.Occur.Should, terms)
        most = tantivy.Query.boolean_query(clauses, minimum_number_should_match=math.ceil(_MOST_OF * len(terms)))
        by_month = {"months": {"terms": {"field": "month", "size": _MAX_MONTHS}}}
        buckets = self._searcher().aggregate(self._filtered(most, filters), by_month)["months"]["buckets"]
        counts = {int(bucket["key"]): int(bucket["doc_count"]) for bucket in buckets}
        return {f"{month // 100}-{month % 100:02d}": counts[month] for month in sorted(counts)}

    def word_idf(self, words: Iterable[str]) -> dict[str, float]:
        """For each word the BM25 IDF of its rarest term; 0 for a stop word, which has no term."""
        total = self._total(self._searcher())
        return {
            word: max(
                (bm25_idf(self.document_frequency(term), total) for term in self._analyzer.analyze(word)), default=0
            )
            for word in dict.fromkeys(words)
        }

    def contains_word(self, word: str) -> bool:
        """Whether paragraphs contain the word in some form; True for stop words, which are not indexed."""
        return all(self.document_frequency(term) for term in self._analyzer.analyze(word))

    def texts_like(self, word: str, letters_wrong: int) -> list[str]:
        """Up to 50 indexed texts with a word at an edit distance of at most `letters_wrong` (0 to 2) from this one."""
        fuzzy = [
            (tantivy.Occur.Should, tantivy.Query.fuzzy_term_query(self._schema, "text", term, letters_wrong))
            for term in self._analyzer.analyze(word)
        ]
        searcher = self._searcher()
        query = self._filtered(tantivy.Query.boolean_query(fuzzy), Filters())
        return [searcher.doc(address)["text"][0] for _, address in searcher.search(query, limit=50, count=False).hits]

    def _terms(self, words: str) -> list[str]:
        return list(dict.fromkeys(self._analyzer.analyze(words)))

    def _clauses(self, occur: tantivy.Occur, terms: Iterable[str]) -> list[tuple[tantivy.Occur, tantivy.Query]]:
        return [(occur, tantivy.Query.term_query(self._schema, "text", term)) for term in terms]

    def _rescored(self, terms: Sequence[str], searcher: tantivy.Searcher, hits: Iterable[Any]) -> list[ScoredKey]:
        """BM25 scores computed from the paragraphs that this reader may see.

        tantivy's own scores depend on how common a word is in the whole archive, which would tell a reader about words
        in paragraphs they may not see.
        """
        documents = [searcher.doc(address) for _, address in hits]
        texts = [self._analyzer.analyze(document["text"][0]) for document in documents]
        length = self._counted("length", lambda: self._length(searcher))
        frequencies = {term: self.document_frequency(term) for term in terms}
        scores = bm25_scores(texts, frequencies, self._total(searcher), length)
        scored = [ScoredKey(document["key"][0], score) for document, score in zip(documents, scores, strict=True)]
        return sorted(scored, key=lambda hit: (-hit.score, hit.key))

    def _length(self, searcher: tantivy.Searcher) -> float:
        query = self._filtered(tantivy.Query.all_query(), Filters())
        return float(searcher.aggregate(query, {"words": {"avg": {"field": "words"}}})["words"]["value"] or 1.0)

    def entries(self, cables: Iterable[Cable]) -> list[tuple[str, str]]:
        """What the index should contain of these cables: each paragraph's key with the digest of its document."""
        documents = (document for cable in cables for document in documents_of(cable, self._analyzer))
        return [(document["key"], document["digest"]) for document in documents]

    def stored(self, cable_ids: Sequence[str]) -> list[tuple[str, str]]:
        """What the index does contain of these cables, as `entries`."""
        query = tantivy.Query.term_set_query(self._schema, "cable_id", list(cable_ids))
        searcher = self._searcher()
        hits = searcher.search(query, limit=max(1, searcher.num_docs), count=False).hits
        documents = (searcher.doc(address) for _, address in hits)
        return [(document["key"][0], document["digest"][0]) for document in documents]

    def count(self) -> int:
        """How many paragraphs the index contains."""
        paragraphs: int = self._searcher().num_docs
        return paragraphs

    def keys(self) -> set[str]:
        """Keys of all paragraphs in the index."""
        searcher = self._searcher()
        query = self._filtered(tantivy.Query.all_query(), Filters())
        hits = searcher.search(query, limit=max(1, searcher.num_docs), count=False).hits
        return {searcher.doc(address)["key"][0] for _, address in hits}
