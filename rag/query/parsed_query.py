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
from rag.query.name_variants import NameVariants
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

    `text` has the words as the archive spells them, `spellings` those that were changed. `names` has the names of
    `text` that the archive spells otherwise too, with their other spellings. `parts` is empty for a question that asks
    one thing. Conditions that a question of several parts states bind the parts they stand in.
    `chosen` are the reader's own conditions.
    """

    text: str
    parts: tuple[QuestionPart, ...] = ()
    filters: Filters = field(default_factory=Filters)
    soft_filters: SoftFilters = field(default_factory=SoftFilters)
    cited: CitedInQuestion = field(default_factory=CitedInQuestion)
    spellings: Mapping[str, str] = field(default_factory=dict)
    chosen: Filters = field(default_factory=Filters)
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

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

    def all_spellings(self, text: str) -> str:
        """The text, this question's or a part's, with the other spellings of its names behind it: for word search."""
        return " ".join((text, *(each for name, spellings in self.names.items() if name in text for each in spellings)))

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
        read = {word: f"{word} → {spelling}" for word, spelling in self.spellings.items()}
        named = {spelling: word for word, spelling in self.spellings.items()}
        for name, spellings in self.names.items():
            word = named.get(name, name)
            read[word] = " or ".join((read.get(word, name), *spellings))
        yield from (Condition("spelling", value) for value in read.values())


class QueryParser:
    """Reads questions against one reader's archive: its posts, its cables, the words it holds."""

    def __init__(self, catalog: CatalogReader, lexical: LexicalIndex, english: Container[str] = ()) -> None:
        """Words in `english` (lower case) are taken as spelled right."""
        self._catalog = catalog
        self._lexical = lexical
        self._english = english
        self._variants = NameVariants(lexical, english)

    def parse(self, query: Query) -> ParsedQuery:
        """Everything read from a question that stands on its own."""
        spellings, names = ({}, {}) if "spelling" in query.dismissed else self._spellings(query.question)
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
            names,
        )

    def _spellings(self, question: str) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
        """The words to be spelled as the archive spells them, and the other spellings of names, see `ParsedQuery`."""
        corrected: dict[str, str] = {}
        names: dict[str, tuple[str, ...]] = {}
        for name, spellings in self._variants.in_question(question).items():
            if self._variants.holds(name):
                names[name] = spellings
            else:
                corrected[name], *others = spellings
                names |= {corrected[name]: tuple(others)} if others else {}
        misspelled = read_spellings(question, self._lexical, self._english, corrected)
        return corrected | misspelled, names


def _part(text: str, query: Query, posts: Mapping[str, str]) -> QuestionPart:
    filters = merged(query.filters, read_hard_filters(text, posts).without(query.dismissed))
    settled = query.dismissed | {name for name, _ in filters.conditions()}
    return QuestionPart(text, filters, read_soft_filters(text, posts).without(settled))
