"""How many cables mention what a question names: what a reader is told when the archive has no answer."""

import re
from dataclasses import dataclass
from typing import Any

from rag.catalog.catalog_reader import CatalogReader
from rag.catalog.scope import cables_within, in_words
from rag.domain.cable_id import compact_post
from rag.domain.filters import Filters
from rag.domain.paragraph_key import cable_id_of
from rag.index.lexical import LexicalIndex
from rag.query.name_variants import NameVariants
from rag.text.surface_facts import names, without_possessive

_MOST_NAMES = 3
_MOST_PARAGRAPHS = 2000
"""A name in more paragraphs than this is not counted: it is no reason for having no answer."""
_PEOPLES = re.compile(r"(?:ian|ean|can|ese|ish)s?$")
_THE_READERS = frozenset(("Washington", "Embassy"))
"""Named in questions about any cable, whether or not its text names them."""
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_MOST_CAPITALS = 0.6


@dataclass(frozen=True, slots=True)
class Mentioned:
    """What a question names, and how many of the cables searched mention it."""

    words: str
    cables: int


@dataclass(frozen=True, slots=True)
class SearchedCount:
    """The cables a question was asked of, in number and in words ("from Madrid in 2007"), and what they mention."""

    within: int
    described: str
    mentioned: tuple[Mentioned, ...] = ()

    def sentence(self) -> str:
        """ "0 of 41 cables from Madrid in 2007 mention Tbilisi", the rarest first; else what was searched."""
        cables = " ".join(("cable" if self.within == 1 else "cables", self.described)).strip()
        if not self.mentioned:
            return f"searched {self.within:,} {cables}"
        first, *others = sorted(self.mentioned, key=lambda each: each.cables)
        counts = [f"{first.cables:,} of {self.within:,} {cables} mention {first.words}"]
        return ", ".join(counts + [f"{each.cables:,} {each.words}" for each in others])

    def json(self) -> dict[str, Any]:
        """What it adds to `searched`."""
        return {
            "within": self.within,
            "mentions": [{"words": each.words, "cables": each.cables} for each in self.mentioned],
        }


class NameCoverage:
    """Counts mentions in what one reader sees."""

    def __init__(self, catalog: CatalogReader, lexical: LexicalIndex) -> None:
        self._catalog = catalog
        self._lexical = lexical
        self._variants = NameVariants(lexical)

    def unknown(self, question: str, filters: Filters) -> tuple[str, ...]:
        """Names of the question that no cable searched mentions. The question is spelled as the archive spells."""
        return tuple(
            name
            for name in _named(question)
            if not _PEOPLES.search(name)  # "Norwegian", of an archive that says "Norway"
            and name not in _THE_READERS
            and not all(self._keys(word, 1, filters) for word in name.split())
        )

    def searched(self, question: str, filters: Filters) -> SearchedCount:
        """How many cables were searched and how many of them mention each name."""
        counted = []
        for name in _named(question):
            if compact_post(name) in filters.posts:
                continue
            keys = self._keys(name, _MOST_PARAGRAPHS + 1, filters)
            if len(keys) <= _MOST_PARAGRAPHS:
                words = " or ".join((name, *self._variants.of(name)))
                counted.append(Mentioned(words, len(set(map(cable_id_of, keys)))))
        rarest = sorted(counted, key=lambda each: each.cables)[:_MOST_NAMES]
        described = in_words(filters, self._catalog.posts())
        return SearchedCount(cables_within(self._catalog, filters), described, tuple(rarest))

    def _keys(self, name: str, most: int, filters: Filters) -> set[str]:
        """Keys of up to so many paragraphs that have all words of the name, or the name in another spelling."""
        return {*self._lexical.keys_containing(name, most, filters), *self._variants.keys(name, most, filters)}


def _named(question: str) -> list[str]:
    """The names of a question, first and last name together; none where capitals say nothing."""
    words = _WORD.findall(question)
    if sum(word[0].isupper() for word in words) > _MOST_CAPITALS * len(words):
        return []
    runs: list[str] = []
    for name in names(question):
        if (
            runs
            and without_possessive(runs[-1]) == runs[-1]
            and re.search(rf"{re.escape(runs[-1])} {re.escape(name)}\b", question)
        ):
            runs[-1] = f"{runs[-1]} {name}"
        else:
            runs.append(name)
    return [*map(without_possessive, runs)]
