"""What a question hints at without saying it of the cables: a date and a place of the story.

"What did Moratinos say in Madrid in January 2008?" is most often answered by a cable from Madrid of that month or
those after it. So such cables are preferred, never demanded.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from rag.domain.cable import Cable
from rag.domain.cable_id import compact_post
from rag.domain.filters import Filters
from rag.domain.periods import Period
from rag.query.named_times import named_times

LATER = timedelta(days=120)
"""How long after a date cables still speak of it."""

_NAME = re.compile(r"\b[A-Z][\w'’-]*(?: (?:de |of )?[A-Z][\w'’-]*){0,3}")


@dataclass(frozen=True, slots=True)
class SoftFilters:
    """Periods and posts, as ids spell them, that a question hints at, and the cables of the answer it follows up."""

    periods: tuple[Period, ...] = ()
    posts: frozenset[str] = frozenset()
    cables: frozenset[str] = frozenset()
    """Cable ids."""

    def suits_period(self, cable: Cable) -> bool:
        """Whether the cable was sent in one of the periods or in the months after it."""
        day = cable.date and cable.date.date()
        return day is not None and any(period.contains(day, LATER) for period in self.periods)

    def suits_post(self, cable: Cable) -> bool:
        """Whether one of the posts sent the cable."""
        return cable.id.post in self.posts

    def without(self, fields: Collection[str]) -> "SoftFilters":
        """The same without what these conditions settle, named as they or those of `Filters` name them."""
        return replace(
            self,
            periods=() if {"date", "date_from", "date_to"} & set(fields) else self.periods,
            posts=frozenset() if "post" in fields else self.posts,
            cables=frozenset() if "cable" in fields else self.cables,
        )

    def hinting(self, filters: Filters, but: Filters) -> "SoftFilters":
        """The same and, as hints, the posts and dates of `filters` which are not those of `but`."""
        dates = (filters.date_from, filters.date_to)
        periods = (Period(*dates),) if dates not in ((None, None), (but.date_from, but.date_to)) else ()
        return SoftFilters((*self.periods, *periods), self.posts | (filters.posts - but.posts), self.cables)

    def conditions(self) -> Iterator[tuple[str, str]]:
        """Each condition as (field, value), for showing to a reader."""
        yield from (("post", post) for post in sorted(self.posts))
        yield from (("date", str(period)) for period in self.periods)
        yield from (("cable", cable_id) for cable_id in sorted(self.cables))


def read_soft_filters(question: str, posts: Collection[str]) -> SoftFilters:
    """Read the periods and, of these posts, as ids spell them, those a question names."""
    periods = dict.fromkeys(time.period for time in named_times(question))
    return SoftFilters(tuple(periods), frozenset(_named_posts(question, posts)))


def _named_posts(question: str, posts: Collection[str]) -> Iterator[str]:
    for name in _NAME.finditer(question):
        words = name[0].removesuffix("'s").removesuffix("’s").split()
        for start in range(len(words)):
            for stop in range(start + 1, len(words) + 1):
                post = compact_post("".join(words[start:stop]))
                if post in posts:
                    yield post
