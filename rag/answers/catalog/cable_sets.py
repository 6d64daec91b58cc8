"""Counts and lists of cables: how many, which, the latest."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from rag.answers.catalog.reply import MOST_CITED, MOST_ROWS, CatalogReply, cable_quotes, cable_table, day_of
from rag.answers.catalog.word_search import WordSearch
from rag.answers.catalog.wording import counted, described, listed, sentence
from rag.catalog.catalog_reader import CatalogReader
from rag.catalog.counting import CableCounts, CableSelection
from rag.domain.answer import Sentence
from rag.domain.cable import Cable
from rag.domain.filters import Filters
from rag.query.cable_conditions import CableConditions
from rag.query.catalog_question import CatalogQuestion
from rag.query.name_variants import NameVariants
from rag.query.word_terms import WordTerm

Ranking = Callable[[str, Filters], list[str]]
"""Ids of the cables that a search for these words finds, best first."""

_MOST_RANKED = 10
"""Cables listed by search alone, where no cable has the words."""


@dataclass(frozen=True, slots=True)
class FoundCables:
    """The cables that meet the conditions of a question, and what they are in words."""

    chosen: CableSelection
    total: int
    description: str
    rule: str
    complete: bool = True


class CableSets:
    """Answers questions about sets of cables for one reader."""

    def __init__(self, catalog: CatalogReader, words: WordSearch, ranking: Ranking, variants: NameVariants) -> None:
        self._catalog = catalog
        self._counts = CableCounts(catalog)
        self._words = words
        self._ranking = ranking
        self._variants = variants

    def find(self, conditions: CableConditions, filters: Filters) -> FoundCables:
        """The cables that meet the conditions under the filters, those of the question and the reader's own."""
        conditions = replace(conditions, terms=tuple(map(self._in_all_spellings, conditions.terms)))
        ids: frozenset[str] | None = None
        complete = True
        if conditions.terms:
            matches = self._words.cables(conditions.terms, filters)
            ids, complete = matches.cables, matches.complete
        if conditions.signer:
            signed = self._counts.signed_by(conditions.signer, filters)
            ids = signed if ids is None else ids & signed
        chosen = CableSelection(filters, conditions.all_tags, ids)
        description = described(conditions, filters, self._catalog.posts())
        return FoundCables(
            chosen, self._counts.count(chosen), description, self._rule(chosen, description, complete), complete
        )

    def _in_all_spellings(self, group: tuple[WordTerm, ...]) -> tuple[WordTerm, ...]:
        """The terms, and behind them the other spellings of the names among them."""
        names = (term.text for term in group if term.exact and term.text[:1].isupper())
        spellings = (WordTerm(spelling) for name in names for spelling in self._variants.of(name))
        return tuple(dict.fromkeys((*group, *spellings)))

    def _rule(self, chosen: CableSelection, description: str, complete: bool) -> str:
        rule = f"cables {description}".strip()
        if undated := self._counts.undated(chosen):
            rule += f"; {counted(undated, 'undated cable')} {'is' if undated == 1 else 'are'} not counted"
        return rule if complete else f"{rule}; a word is too common to be looked for in every paragraph"

    def count(self, question: CatalogQuestion, filters: Filters) -> CatalogReply:
        """How many cables, with the list behind the number."""
        found = self.find(question.conditions, filters)
        cables = self._headers(found, question.conditions.topic, filters)
        if found.description:
            text = f"there {'is' if found.total <= 1 else 'are'} {counted(found.total)} {found.description}"
        else:
            ends = [*self._counts.ids(found.chosen, 1), *self._counts.ids(found.chosen, 1, latest=True)]
            text = f"the archive holds {counted(found.total)}{_period(self._counts.headers(ends))}"
        cited = cables[:MOST_CITED] if found.total <= MOST_CITED else []
        return self._reply(sentence(text), cited, cables, found)

    def listing(self, question: CatalogQuestion, filters: Filters) -> CatalogReply:
        """Which cables: ranked where they are about something, else in order of time."""
        found = self.find(question.conditions, filters)
        if question.conditions.topic and not found.total:
            return self._nearest(question.conditions, filters, found)
        cables = self._headers(found, question.conditions.topic, filters)
        text = f"{counted(found.total)} {found.description}".strip()
        if found.total > len(cables):
            text += f"; the first {len(cables):,} are listed"
        elif found.total > 1:
            text += ", best match first" if question.conditions.topic else ", oldest first"
        return self._reply(sentence(text), cables[:MOST_CITED], cables, found)

    def first(self, question: CatalogQuestion, filters: Filters) -> CatalogReply:
        """The latest or the earliest cables."""
        found = self.find(question.conditions, filters)
        latest, most = bool(question.latest), question.most or 1
        cables = [cable for cable in self._counts.headers(self._counts.ids(found.chosen, most, latest)) if cable.date]
        end = "latest" if latest else "earliest"
        if not cables:
            return self._reply(sentence(f"there is no dated cable {found.description}".strip()), [], [], found)
        if len(cables) == 1:
            [label] = [quote.citation for quote in cable_quotes(cables, self._catalog)]
            about = f": {cables[0].subject}" if cables[0].subject else ""
            text = (
                f"the {end} of {counted(found.total)} {found.description}".strip()
                + f" is {label} of {day_of(cables[0])}{about}"
            )
        else:
            text = f"the {len(cables)} {end} of {counted(found.total)} {found.description}".strip()
        rule = f"the {end} {found.rule}"
        reply = cable_table(cables, True, rule)
        shown = cables[:MOST_CITED]
        said = Sentence(sentence(text), tuple(str(cable.id) for cable in shown))
        return CatalogReply((said,), cable_quotes(shown, self._catalog), reply)

    def _headers(self, found: FoundCables, topic: str, filters: Filters) -> list[Cable]:
        """The headers of what was found; those that a search for the topic finds come first, in its order."""
        ids = self._counts.ids(found.chosen, MOST_ROWS)
        if topic and len(ids) > 1:
            held = set(ids)
            ranked = [cable_id for cable_id in self._ranking(topic, filters) if cable_id in held]
            ids = list(dict.fromkeys((*ranked, *ids)))
        return self._counts.headers(ids)

    def _nearest(self, conditions: CableConditions, filters: Filters, found: FoundCables) -> CatalogReply:
        """No cable has the words: those that the search ranks first, which need not be about it."""
        cables = self._counts.headers(self._ranking(conditions.topic, filters)[:_MOST_RANKED])
        text = sentence(
            f"{counted(0)} {found.description}; the {len(cables)} that a search for “{conditions.topic}” ranks "
            f"first are listed"
        )
        rule = f"the first {len(cables)} cables of a search for “{conditions.topic}”; none has all of its words"
        said = Sentence(text, tuple(str(cable.id) for cable in cables[:MOST_CITED]))
        return CatalogReply((said,), cable_quotes(cables[:MOST_CITED], self._catalog), cable_table(cables, False, rule))

    def _reply(self, text: str, cited: list[Cable], cables: list[Cable], found: FoundCables) -> CatalogReply:
        complete = found.complete and len(cables) == found.total
        said = Sentence(text, tuple(str(cable.id) for cable in cited))
        return CatalogReply((said,), cable_quotes(cited, self._catalog), cable_table(cables, complete, found.rule))


def _period(cables: list[Cable]) -> str:
    days = [day for cable in cables if (day := day_of(cable))]
    return f", dated {days[0]} to {days[-1]}" if len(days) > 1 else ""


def held_instead(catalog: CatalogReader, names: Mapping[str, str], most: int = 8) -> str:
    """What is held: the posts with the most cables, and the years."""
    counts = CableCounts(catalog)
    groups = counts.groups(CableSelection(), "post")
    years = [year.value for year in counts.groups(CableSelection(), "year")]
    posts = [names.get(group.value, group.value).title() for group in groups[:most]]
    more = f" and {len(groups) - most} other posts" if len(groups) > most else ""
    span = f", dated {years[0]} to {years[-1]}" if years else ""
    named = f"{', '.join(posts)}{more}" if more else listed(posts)
    return f"it holds {counted(sum(group.count for group in groups))} from {named}{span}"
