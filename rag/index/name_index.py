"""Names in the index: the capitalised words of paragraphs, letter by letter."""

import math
import re
from collections.abc import Collection, Sequence
from typing import Any

import tantivy

from rag.domain.filters import Filters
from rag.index.scoped_index import ScopedIndex

_MOST_NAMES = 1000
_SAMPLE = 20  # paragraphs
_BESIDE = 60  # names


class NameIndex(ScopedIndex):
    """Finds names by how they are spelled and by the names beside them. A name is given as `letters_of` gives it."""

    def names_like(self, spelled: str, filters: Filters) -> dict[str, int]:
        """The names whose letters this regular expression matches, with the number of their paragraphs."""
        query = self._filtered(tantivy.Query.regex_query(self._schema, "name", spelled), filters)
        by_name = {"names": {"terms": {"field": "name", "size": _MOST_NAMES, "include": spelled}}}
        buckets = self._searcher().aggregate(query, by_name)["names"]["buckets"]
        return {bucket["key"]: int(bucket["doc_count"]) for bucket in buckets}

    def keys_naming(
        self, names: Sequence[Collection[str]], limit: int, filters: Filters, oldest_first: bool = False
    ) -> list[str]:
        """Keys of up to `limit` paragraphs with one name of each of these collections."""
        return [document["key"][0] for document in self._naming(names, limit, filters, oldest_first=oldest_first)]

    def texts_naming(self, names: Sequence[Collection[str]], limit: int, without: Sequence[str] = ()) -> list[str]:
        """Up to `limit` indexed texts with one name of each collection, but not with all the names of `without`."""
        return [document["text"][0] for document in self._naming(names, limit, Filters(), without)]

    def _naming(
        self,
        names: Sequence[Collection[str]],
        limit: int,
        filters: Filters,
        without: Sequence[str] = (),
        oldest_first: bool = False,
    ) -> list[tantivy.Document]:
        must, must_not = tantivy.Occur.Must, tantivy.Occur.MustNot
        clauses = [(must, tantivy.Query.term_set_query(self._schema, "name", sorted(group))) for group in names]
        if without:
            own = [(must, tantivy.Query.term_query(self._schema, "name", name)) for name in without]
            clauses.append((must_not, tantivy.Query.boolean_query(own)))
        searcher = self._searcher()
        query = self._filtered(tantivy.Query.boolean_query(clauses), filters)
        field, order = ("seconds", tantivy.Order.Asc) if oldest_first else (None, tantivy.Order.Desc)
        hits = searcher.search(query, limit=limit, count=False, order_by_field=field, order=order).hits
        return [searcher.doc(address) for _, address in hits]

    def share_capitalised(self, name: str) -> float:
        """Of the paragraphs with this word, about which share capitalises it.

        0 for a stop word, 1 for a word that is in no paragraph.
        """
        if not (terms := self._analyzer.analyze(name)):
            return 0.0
        named = tantivy.Query.term_query(self._schema, "name", name)
        term = tantivy.Query.term_query(self._schema, "text", terms[0])
        unnamed = tantivy.Query.boolean_query([(tantivy.Occur.Must, term), (tantivy.Occur.MustNot, named)])
        searcher = self._searcher()
        result: Any = searcher.search(self._filtered(unnamed, Filters()), limit=_SAMPLE)
        texts = [searcher.doc(address)["text"][0] for _, address in result.hits]
        word = re.compile(rf"\b{re.escape(name)}\b")  # another form of the word may have the same stem
        small = result.count * sum(bool(word.search(text)) for text in texts) / max(1, len(texts))
        return 1.0 - small / (small + self._naming_count(name)) if small else 1.0

    def beside(self, name: str) -> dict[str, float]:
        """The names that stand most often in paragraphs with this one, by how telling they are of it."""
        query = self._filtered(tantivy.Query.term_query(self._schema, "name", name), Filters())
        by_name = {"names": {"terms": {"field": "name", "size": _BESIDE}}}
        buckets = self._searcher().aggregate(query, by_name)["names"]["buckets"]
        counts = {bucket["key"]: int(bucket["doc_count"]) for bucket in buckets}
        own, total = counts.pop(name, 1), self._total(self._searcher())
        shares = {other: count / own for other, count in counts.items()}
        return {
            other: max(0.0, math.log(share * total / self._naming_count(other))) * share**0.5
            for other, share in shares.items()
        }

    def _naming_count(self, name: str) -> int:
        """How many paragraphs have this name."""
        searcher = self._searcher()
        if self._reader.classes is None:
            return searcher.doc_freq("name", name)
        query = tantivy.Query.term_query(self._schema, "name", name)
        return int(self._counted(f"name:{name}", lambda: self._count(searcher, query)))
