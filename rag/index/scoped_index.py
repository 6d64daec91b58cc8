"""An embedded tantivy index of paragraphs, limited to what one reader may see."""

from collections.abc import Callable
from copy import copy
from pathlib import Path
from typing import Any, Self

import tantivy

from rag.domain.access import OWNER, Clearance
from rag.domain.filters import Filters
from rag.errors import CablesError
from rag.index.lexical_documents import ANALYZER, analyzer, schema

_MAX_COUNTS = 100_000


class ScopedIndex:
    """Opens the index, and limits every query and count to a reader's paragraphs."""

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
        """The same index limited to the paragraphs this reader may see: in results, counts and listings."""
        view = copy(self)
        view._reader = reader
        return view

    def document_frequency(self, term: str) -> int:
        """How many paragraphs contain an analysed term."""
        searcher = self._searcher()
        if self._reader.classes is None:
            return searcher.doc_freq("text", term)
        query = tantivy.Query.term_query(self._schema, "text", term)
        return int(self._counted(f"text:{term}", lambda: self._count(searcher, query)))

    def _total(self, searcher: tantivy.Searcher) -> int:
        return int(self._counted("all", lambda: self._count(searcher, tantivy.Query.all_query())))

    def _counted(self, name: str, count: Callable[[], float]) -> float:
        """A count over the paragraphs this reader may see, cached until the index changes."""
        return self._counts.of((str(self._reader.classes and sorted(self._reader.classes)), name), count)

    def _count(self, searcher: tantivy.Searcher, query: tantivy.Query) -> int:
        result: Any = searcher.search(self._filtered(query, Filters()), limit=1)  # its stub lacks `count`
        return int(result.count)

    def _searcher(self) -> tantivy.Searcher:
        return self._index.searcher()

    def _ready(self, open_index: Callable[[], tantivy.Index]) -> tantivy.Index:
        try:
            index = open_index()
        except (ValueError, OSError) as error:
            raise CablesError(f"the lexical index cannot be opened: {error}; run `cables rebuild --all`") from error
        index.register_tokenizer(ANALYZER, self._analyzer)
        return index

    def _filtered(self, query: tantivy.Query, filters: Filters) -> tantivy.Query:
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
    """A cache of counts by reader and name. Threads and readers share it."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str], float] = {}

    def of(self, name: tuple[str, str], count: Callable[[], float]) -> float:
        """The count of this name, computed by `count` if it is not cached."""
        counts = self._counts  # if the index changes while `count` runs, its result goes into the dropped dictionary
        value = counts.get(name)
        if value is None:
            if len(counts) >= _MAX_COUNTS:
                counts.clear()
            value = counts[name] = count()
        return value

    def clear(self) -> None:
        """Drop all counts."""
        self._counts = {}
