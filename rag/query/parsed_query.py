"""A question as it is understood: made once, before the search, and handed on."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rag.catalog.catalog_reader import CatalogReader
from rag.catalog.counting import CableCounts
from rag.domain.answer import Condition, Kind
from rag.domain.filters import Filters
from rag.index.lexical import LexicalIndex
from rag.query.cable_question import CableQuestion
from rag.query.catalog_question import CatalogQuestion
from rag.query.cited import CitedInQuestion, find_cited
from rag.query.hard_filters import merged, read_hard_filters
from rag.query.kinds import QuestionKind, read_kind
from rag.query.name_variants import NameVariants
from rag.query.phrasing import PhrasingReader
from rag.query.query import Query
from rag.query.question_parts import question_parts
from rag.query.soft_filters import SoftFilters, read_soft_filters
from rag.query.spelling import read_spellings, respelled
from rag.query.titles import with_ids
from rag.text.language import ENGLISH, LANGUAGES, language_of
from rag.text.surface_facts import names


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
    one thing. Conditions that a question of several parts states bind the parts they stand in. `chosen` are the
    reader's own conditions, `left_out` the keys of paragraphs not to be found, `language` is an ISO 639-1 code. A
    `catalog_question` is answered from the catalog, a `cable_question` from the cables named, and `absent` are posts of
    which the archive holds nothing. `reported` are the post and the time whose own reporting is asked for.
    """

    text: str
    parts: tuple[QuestionPart, ...] = ()
    filters: Filters = field(default_factory=Filters)
    soft_filters: SoftFilters = field(default_factory=SoftFilters)
    cited: CitedInQuestion = field(default_factory=CitedInQuestion)
    spellings: Mapping[str, str] = field(default_factory=dict)
    chosen: Filters = field(default_factory=Filters)
    catalog_question: CatalogQuestion | None = None
    cable_question: CableQuestion | None = None
    absent: tuple[str, ...] = ()
    reported: Filters = field(default_factory=Filters)
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    language: str = ENGLISH
    left_out: frozenset[str] = frozenset()

    @property
    def kind(self) -> Kind:
        """Who answers: the catalog, the cables named, or what a search finds."""
        if self.catalog_question is not None or self.absent:
            return "catalog"
        return "cable" if self.cited else "content"

    @property
    def in_english(self) -> bool:
        """Whether the question is in English, as far as is known."""
        return self.language == ENGLISH

    @property
    def _unbound(self) -> tuple[QuestionPart, ...]:
        """The whole question and its parts, whatever cables it names."""
        return (QuestionPart(self.text, self.filters, self.soft_filters), *self.parts)

    @property
    def searches(self) -> tuple[QuestionPart, ...]:
        """The whole question and its parts. A question about named cables is searched within them."""
        cables = self.cited.cable_ids
        return tuple(replace(part, filters=part.filters.within(cables)) for part in self._unbound)

    def words_of(self, text: str) -> str:
        """What word search looks for of this text, the question's or a part's: names in all their spellings too.

        Of a question in another language it is the names alone: its other words mean something else in English.
        """
        others = (each for name, spellings in self.names.items() if name in text for each in spellings)
        return " ".join((text if self.in_english else " ".join(names(text)), *others))

    def searched_as(self, searches: Sequence[QuestionPart]) -> "ParsedQuery":
        """The same with the conditions under which its `searches` were made in the end."""
        whole, *parts = (replace(part, filters=replace(part.filters, cables=frozenset())) for part in searches)
        return replace(self, filters=whole.filters, soft_filters=whole.soft_filters, parts=tuple(parts))

    def conditions(self) -> Iterator[Condition]:
        """Every condition read or set, for showing to a reader."""
        if not self.in_english:
            yield Condition("language", LANGUAGES[self.language])
        hard = dict.fromkeys(condition for part in self._unbound for condition in part.filters.conditions())
        soft = dict.fromkeys(condition for part in self._unbound for condition in part.soft_filters.conditions())
        yield from (Condition(field, value) for field, value in hard)
        yield from (Condition(field, value, soft=True) for field, value in soft)
        read = {word: f"{word} → {spelling}" for word, spelling in self.spellings.items()}
        asked = {spelling: word for word, spelling in self.spellings.items()}
        for name, spellings in self.names.items():
            word = asked.get(name, name)
            read[word] = " or ".join((read.get(word, name), *spellings))
        yield from (Condition("spelling", value) for value in read.values())


class QueryParser:
    """Reads questions against one reader's archive: its posts, its cables, the words it holds."""

    def __init__(
        self, catalog: CatalogReader, lexical: LexicalIndex, phrasings: PhrasingReader, english: Container[str] = ()
    ) -> None:
        """Words in `english` (lower case) are taken as spelled right."""
        self._catalog = catalog
        self._lexical = lexical
        self._phrasings = phrasings
        self._english = english
        self._variants = NameVariants(lexical, english)
        self._counts = CableCounts(catalog)

    def parse(self, query: Query) -> ParsedQuery:
        """Everything read from a question that stands on its own."""
        titled = with_ids(query.question, lambda title: self._counts.subjects_like(title, query.filters))
        query, posts = replace(query, question=titled), self._catalog.posts()
        asked = read_kind(query.question, posts, self._phrasings)
        if asked.of_catalog is not None or asked.of_cable is not None:
            return self._of_catalog(query, asked)
        language = ENGLISH if "language" in query.dismissed else language_of(query.question)
        corrected = "spelling" not in query.dismissed
        spellings, named = self._spellings(query.question, language) if corrected else ({}, {})
        text = respelled(query.question, spellings)
        whole, *parts = (_part(words, query, posts) for words in (text, *question_parts(text)))
        return ParsedQuery(
            text,
            tuple(parts),
            query.filters if parts else whole.filters,
            whole.soft_filters,
            find_cited(text, self._catalog),
            spellings,
            query.filters,
            left_out=query.left_out,
            absent=asked.absent if "post" not in query.dismissed else (),
            reported=asked.reported.without(query.dismissed),
            names=named,
            language=language,
        )

    def _of_catalog(self, query: Query, asked: QuestionKind) -> ParsedQuery:
        """A question of the catalog or of a cable; its words are taken as they are spelled."""
        read = asked.of_catalog.conditions.filters if asked.of_catalog else Filters()
        return ParsedQuery(
            query.question,
            filters=merged(query.filters, read.without(query.dismissed)),
            cited=find_cited(query.question, self._catalog) if asked.of_cable else CitedInQuestion(),
            chosen=query.filters,
            catalog_question=asked.of_catalog,
            cable_question=asked.of_cable,
            absent=asked.absent,
        )

    def _spellings(self, question: str, language: str) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
        """The words to be spelled as the archive spells them, and the other spellings of names, see `ParsedQuery`.

        Of a question in another language only names are looked at: its other words are no misspelled English.
        """
        corrected: dict[str, str] = {}
        named: dict[str, tuple[str, ...]] = {}
        for name, spellings in self._variants.in_question(question, language == ENGLISH).items():
            if self._variants.holds(name):
                named[name] = spellings
            else:
                corrected[name], *others = spellings
                named |= {corrected[name]: tuple(others)} if others else {}
        if language == ENGLISH:
            corrected |= read_spellings(question, self._lexical, self._english, corrected)
        return corrected, named


def _part(text: str, query: Query, posts: Mapping[str, str]) -> QuestionPart:
    filters = merged(query.filters, read_hard_filters(text, posts).without(query.dismissed))
    settled = query.dismissed | {name for name, _ in filters.conditions()}
    soft_filters = replace(read_soft_filters(text, posts), cables=query.followed)
    return QuestionPart(text, filters, soft_filters.without(settled))
