"""Paragraphs by the very words they hold: every one of them, in order of time, and how many there are."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import TypeVar

import tantivy

from rag.domain.filters import Filters
from rag.domain.scan_query import ScanQuery, ScanTerm
from rag.errors import BadInput
from rag.index.scoped_index import ScopedIndex
from rag.text.literal_matches import covers, stand_near
from rag.text.literal_words import literal_words

_MAX_MONTHS, _MAX_POSTS = 1200, 20_000
_MOST_READ = 20_000  # paragraphs whose text is read for one term
_TIES = 10

T = TypeVar("T")
Place = tuple[int, str]
"""Where a paragraph stands in the order of time: its turn, and its key where several share a turn."""


@dataclass(frozen=True, slots=True)
class LiteralTotals:
    """How many paragraphs hold what was looked for: in all, without a date, by month (`2008-08`) and by post.

    Months are in order of time; posts, as ids spell them, by their number of paragraphs.
    """

    total: int
    undated: int
    by_month: dict[str, int]
    by_post: dict[str, int]


class LiteralIndex(ScopedIndex):
    """Finds what is written, without stems and stop words."""

    def literal_page(
        self, query: ScanQuery, filters: Filters, most: int, after: Place | None = None
    ) -> tuple[LiteralTotals, list[Place]]:
        """How many paragraphs there are, and `literal_places`; raises as that."""
        searcher = self._searcher()
        found = self._literal(searcher, query, filters)
        return self._totals(searcher, found), self._places(searcher, found, most, after)

    def literal_places(self, query: ScanQuery, filters: Filters, most: int, after: Place | None = None) -> list[Place]:
        """The first `most` paragraphs behind this place, or of all, in order of time.

        Raises:
            BadInput: the query asks for more words, or for more paragraphs with words near each other, than are read.
        """
        searcher = self._searcher()
        return self._places(searcher, self._literal(searcher, query, filters), most, after)

    def _totals(self, searcher: tantivy.Searcher, found: tantivy.Query) -> LiteralTotals:
        by = {
            "months": {"terms": {"field": "month", "size": _MAX_MONTHS}},
            "posts": {"terms": {"field": "post", "size": _MAX_POSTS}},
        }
        counted = _run(partial(searcher.aggregate, found, by))
        months, posts = (
            {bucket["key"]: int(bucket["doc_count"]) for bucket in counted[name]["buckets"]} for name in by
        )
        by_month = {f"{int(month) // 100}-{int(month) % 100:02d}": months[month] for month in sorted(months)}
        by_post = dict(sorted(posts.items(), key=lambda each: (-each[1], each[0])))
        total = sum(by_post.values())
        return LiteralTotals(total, total - sum(by_month.values()), by_month, by_post)

    def _places(self, searcher: tantivy.Searcher, found: tantivy.Query, most: int, after: Place | None) -> list[Place]:
        if after is not None:
            later = tantivy.Query.range_query(self._schema, "turn", tantivy.FieldType.Integer, after[0], None)
            found = tantivy.Query.boolean_query([(tantivy.Occur.Must, found), (tantivy.Occur.Must, later)])
        limit, by_turn = most + _TIES, tantivy.Order.Asc
        while True:
            search = partial(searcher.search, found, limit, count=False, order_by_field="turn", order=by_turn)
            hits = _run(search).hits
            places = sorted((int(turn), searcher.doc(address)["key"][0]) for turn, address in hits)
            if after is not None:
                places = [place for place in places if place > after]
            if len(hits) < limit or (len(places) > most and places[most - 1][0] < places[-1][0]):
                return places[:most]
            limit *= 2  # more share the last turn than were looked at

    def _literal(self, searcher: tantivy.Searcher, query: ScanQuery, filters: Filters) -> tantivy.Query:
        clauses: list[tuple[tantivy.Occur, tantivy.Query]] = []
        among = None if query.among is None else self._one_of(query.among)
        for group in query.required:
            any_of = [(tantivy.Occur.Should, self._term(searcher, term, filters, among)) for term in group]
            clauses.append((tantivy.Occur.Must, tantivy.Query.boolean_query(any_of)))
        clauses += [(tantivy.Occur.MustNot, self._term(searcher, term, filters, among)) for term in query.excluded]
        return self._filtered(_both(tantivy.Query.boolean_query(clauses), among), filters)

    def _one_of(self, keys: Iterable[str]) -> tantivy.Query:
        of_keys = tantivy.Query.term_set_query(self._schema, "key", list(keys))
        return tantivy.Query.const_score_query(of_keys, 0.0)

    def _term(
        self, searcher: tantivy.Searcher, term: ScanTerm, filters: Filters, among: tantivy.Query | None
    ) -> tantivy.Query:
        if term.near is None:
            return self._in_row(term.words, 0)
        pairs = [
            self._in_pair(one, other, term.near + len(term.words) - 2) for one, other in combinations(term.words, 2)
        ]
        near = tantivy.Query.boolean_query([(tantivy.Occur.Must, pair) for pair in pairs])
        if len(term.words) == 2 and not (covers(*term.words) or covers(*reversed(term.words))):
            return near
        # Of more than two words, or of words that one word of the text may stand for, the index knows too little.
        return self._one_of(self._keys_near(searcher, _both(near, among), term, filters))

    def _keys_near(
        self, searcher: tantivy.Searcher, query: tantivy.Query, term: ScanTerm, filters: Filters
    ) -> Iterator[str]:
        assert term.near is not None  # noqa: S101 - only terms with words near each other are read
        among = self._filtered(query, filters)
        hits = _run(partial(searcher.search, among, _MOST_READ + 1, count=False)).hits
        if len(hits) > _MOST_READ:
            words = " ".join(term.words)
            raise BadInput(
                f'"{words}"~{term.near} may stand in more than {_MOST_READ:,} paragraphs; narrow it by posts or dates'
            )
        for _, address in hits:
            document = searcher.doc(address)
            _, _, text = document["text"][0].rpartition("\n")  # behind the context
            if stand_near(term.words, literal_words(text), term.near):
                yield document["key"][0]

    def _in_pair(self, one: str, other: str, others: int) -> tantivy.Query:
        either = [(tantivy.Occur.Should, self._in_row(words, others)) for words in ((one, other), (other, one))]
        return tantivy.Query.boolean_query(either)

    def _in_row(self, words: Sequence[str], others: int) -> tantivy.Query:
        prefixed = any(word.endswith("*") for word in words)
        if len(words) == 1:
            of = tantivy.Query.regex_query if prefixed else tantivy.Query.term_query
            return of(self._schema, "literal", _pattern(words[0]) if prefixed else words[0])
        if prefixed:
            return tantivy.Query.regex_phrase_query(self._schema, "literal", [_pattern(word) for word in words], others)
        return tantivy.Query.phrase_query(self._schema, "literal", list(words), others)


def _both(query: tantivy.Query, other: tantivy.Query | None) -> tantivy.Query:
    if other is None:
        return query
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, other)])


def _pattern(word: str) -> str:
    return f"{word[:-1]}.*" if word.endswith("*") else word


def _run(search: Callable[[], T]) -> T:
    try:
        return search()
    except ValueError as error:  # tantivy takes up to 16,384 words for the beginnings of a phrase
        raise BadInput("too many words begin so; write more letters before the *") from error
