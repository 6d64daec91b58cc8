"""A question as it is understood: made once, before the search, and handed on."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from rag.catalog.catalog_reader import CatalogReader
from rag.domain.answer import Condition
from rag.domain.filters import Filters
from rag.index.lexical import LexicalIndex
from rag.query.cited import CitedInQuestion, find_cited
from rag.query.hard_filters import merged, read_hard_filters
from rag.query.query import Query
from rag.query.question_parts import question_parts
from rag.query.soft_filters import SoftFilters, read_soft_filters
from rag.query.spelling import read_spellings, respelled


@dataclass(frozen=True, slots=True)
class QuestionPart:
    """A question, or a part of one, with the conditions that bind it.

    `filters` narrow its search: the reader's own and those that its words state of the cables. `soft_filters` are
    hints that only raise paragraphs.
    """

    text: str
    filters: Filters = field(default_factory=Filters)
    soft_filters: SoftFilters = field(default_factory=SoftFilters)

    def relaxed(self, chosen: Filters) -> "QuestionPart":
        """The same with the posts and dates that its words state as hints; what the reader has `chosen` still binds."""
        filters = replace(self.filters, posts=chosen.posts, date_from=chosen.date_from, date_to=chosen.date_to)
        return replace(self, filters=filters, soft_filters=self.soft_filters.hinting(self.filters, but=chosen))


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A question that stands on its own, with everything read from its words.

    `text` has the words as the archive spells them, `spellings` those that were changed. `parts` is empty for a
    question that asks one thing. Conditions that a question of several parts states bind the parts they stand in.
    `chosen` are the reader's own conditions, `left_out` the keys of paragraphs not to be found.
    """

    text: str
    parts: tuple[QuestionPart, ...] = ()
    filters: Filters = field(default_factory=Filters)
    soft_filters: SoftFilters = field(default_factory=SoftFilters)
    cited: CitedInQuestion = field(default_factory=CitedInQuestion)
    spellings: Mapping[str, str] = field(default_factory=dict)
    chosen: Filters = field(default_factory=Filters)
    left_out: frozenset[str] = frozenset()

    @property
    def kind(self) -> Literal["cable", "content"]:
        """`cable` where the question names cables or paragraphs, `content` where they are to be found."""
        return "cable" if self.cited else "content"

    @property
    def _unbound(self) -> tuple[QuestionPart, ...]:
        """The whole question and its parts, whatever cables it names."""
        return (QuestionPart(self.text, self.filters, self.soft_filters), *self.parts)

    @property
    def searches(self) -> tuple[QuestionPart, ...]:
        """The whole question and its parts. A question about named cables is searched within them."""
        cables = self.cited.cable_ids
        return tuple(replace(part, filters=part.filters.within(cables)) for part in self._unbound)

    def searched_as(self, searches: Sequence[QuestionPart]) -> "ParsedQuery":
        """The same with the conditions under which its `searches` were made in the end."""
        whole, *parts = (replace(part, filters=replace(part.filters, cables=frozenset())) for part in searches)
        return replace(self, filters=whole.filters, soft_filters=whole.soft_filters, parts=tuple(parts))

    def conditions(self) -> Iterator[Condition]:
        """Every condition read or set, for showing to a reader."""
        hard = dict.fromkeys(condition for part in self._unbound for condition in part.filters.conditions())
        soft = dict.fromkeys(condition for part in self._unbound for condition in part.soft_filters.conditions())
        yield from (Condition(field, value) for field, value in hard)
        yield from (Condition(field, value, soft=True) for field, value in soft)
        yield from (Condition("spelling", f"{word} → {spelling}") for word, spelling in self.spellings.items())


class QueryParser:
    """Reads questions against one reader's archive: its posts, its cables, the words it holds."""

    def __init__(self, catalog: CatalogReader, lexical: LexicalIndex, english: Container[str] = ()) -> None:
        """Words in `english` (lower case) are taken as spelled right."""
        self._catalog = catalog
        self._lexical = lexical
        self._english = english

    def parse(self, query: Query) -> ParsedQuery:
        """Everything read from a question that stands on its own."""
        corrected = "spelling" not in query.dismissed
        spellings = read_spellings(query.question, self._lexical, self._english) if corrected else {}
        text = respelled(query.question, spellings)
        posts = self._catalog.posts()
        whole, *parts = (_part(words, query, posts) for words in (text, *question_parts(text)))
        return ParsedQuery(
            text,
            tuple(parts),
            query.filters if parts else whole.filters,
            whole.soft_filters,
            find_cited(text, self._catalog),
            spellings,
            query.filters,
            query.left_out,
        )


def _part(text: str, query: Query, posts: Mapping[str, str]) -> QuestionPart:
    filters = merged(query.filters, read_hard_filters(text, posts).without(query.dismissed))
    settled = query.dismissed | {name for name, _ in filters.conditions()}
    soft_filters = replace(read_soft_filters(text, posts), cables=query.followed)
    return QuestionPart(text, filters, soft_filters.without(settled))
