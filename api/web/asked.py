"""A question as an address or a form states it: with its filters and the questions before it."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import ImmutableMultiDict

from api.web.chosen_filters import FIELDS, ChosenFilters, Facets, Pairs, WrongValue, address, pairs_of
from rag.domain.filters import Filters
from rag.query.query import MOST_CHARACTERS

_DISMISSIBLE = frozenset(
    ("post", "tag", "classification", "date_from", "date_to", "date", "spelling", "language", "cable")
)
_MOST_BEFORE = 8
_MOST_OF_CONVERSATION = 2000
"""Characters of an address that earlier questions may take: browsers and proxies bound its length."""

ADDRESS_FIELDS = ("q", "before", "without", *FIELDS)
"""The names in an address that state a question."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, empty where none was asked.

    `without` are fields whose conditions are not to be read from the question; `before` are the questions before it,
    oldest first.
    """

    question: str = ""
    chosen: ChosenFilters = field(default_factory=ChosenFilters)
    without: frozenset[str] = frozenset()
    before: tuple[str, ...] = ()

    @classmethod
    def read(cls, sent: ImmutableMultiDict[str, str], facets: Facets | None = None) -> "Asked":
        """From an address or a form; see `ChosenFilters.read` for `facets`."""
        questions = sent.getlist("q")
        before = [text[:MOST_CHARACTERS] for text in sent.getlist("before") if text.strip()]
        return cls(
            questions[-1].strip() if questions else "",
            ChosenFilters.read(sent, facets),
            _DISMISSIBLE & set(sent.getlist("without")),
            tuple(before[-_MOST_BEFORE:]),
        )

    @classmethod
    def parse(cls, query: str) -> "Asked":
        """From the query of an address."""
        return cls.read(ImmutableMultiDict(parse_qsl(query)))

    @property
    def filters(self) -> Filters:
        """The reader's own filters."""
        return self.chosen.filters

    @property
    def wrong(self) -> tuple[WrongValue, ...]:
        """What could not be read as a filter."""
        return self.chosen.wrong

    def widened(self, fields: Collection[str]) -> "Asked":
        """The same without these conditions, neither chosen nor read from the question."""
        return replace(
            self,
            chosen=ChosenFilters(self.filters.without(fields)),
            without=self.without | (_DISMISSIBLE & set(fields)),
        )

    def pairs(self) -> Pairs:
        """As an address states it; the oldest questions are left out where there are too many."""
        kept, room = [], _MOST_OF_CONVERSATION
        for question in reversed(self.before):
            room -= len(urlencode({"before": question}))
            if room < 0:
                break
            kept.append(("before", question))
        without = [("without", each) for each in sorted(self.without)]
        return [*reversed(kept), ("q", self.question), *pairs_of(self.filters), *without]

    def address(self, path: str) -> str:
        """Where it is asked, at this path."""
        return address(path, self.pairs())
