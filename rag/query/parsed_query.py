"""A question as it is understood: made once, before the search, and handed on."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
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
class ParsedQuery:
    """A question that stands on its own, with everything read from its words.

    `text` has the words as the archive spells them, `spellings` those that were changed. `filters` are the reader's
    own and those that the question states; `soft_filters` are hints that only raise paragraphs. `parts` is empty for
    a question that asks one thing.
    """

    text: str
    parts: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)
    soft_filters: SoftFilters = field(default_factory=SoftFilters)
    cited: CitedInQuestion = field(default_factory=CitedInQuestion)
    spellings: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> Literal["cable", "content"]:
        """`cable` where the question names cables or paragraphs, `content` where they are to be found."""
        return "cable" if self.cited else "content"

    @property
    def search_filters(self) -> Filters:
        """What the search is narrowed to: a question about named cables is searched within them."""
        return self.filters.within(self.cited.cable_ids)

    def conditions(self) -> Iterator[Condition]:
        """Every condition read or set, for showing to a reader."""
        yield from (Condition(field, value) for field, value in self.filters.conditions())
        yield from (Condition(field, value, soft=True) for field, value in self.soft_filters.conditions())
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
        filters = merged(query.filters, read_hard_filters(text, posts).without(query.dismissed))
        settled = query.dismissed | {name for name, _ in filters.conditions()}
        soft_filters = read_soft_filters(text, posts).without(settled)
        return ParsedQuery(
            text, question_parts(text), filters, soft_filters, find_cited(text, self._catalog), spellings
        )
