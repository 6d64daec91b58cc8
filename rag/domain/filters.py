"""Conditions on a search: posts, a range of dates, TAGS, cables, classifications."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from rag.domain.cable_id import compact_post


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions that must all hold; within `posts`, `tags` and `classifications` any one suffices.

    `posts` are compact (`NEWDELHI`), `tags` and `classifications` (`SECRET`, of the whole cable) upper case;
    `date_from` and `date_to` are days, both included.
    """

    posts: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    date_from: date | None = None
    date_to: date | None = None
    cables: frozenset[str] = frozenset()
    """Cable ids; set where a question names cables."""
    classifications: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        posts: list[str] | None = None,
        tags: list[str] | None = None,
        date_from: date | None = None,
        date_to: date | None = None,
        classifications: list[str] | None = None,
    ) -> "Filters":
        """Filters from what a person typed: any case, spaces in posts."""
        return cls(
            frozenset(filter(None, map(compact_post, posts or ()))),
            _upper(tags),
            date_from,
            date_to,
            classifications=_upper(classifications),
        )

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> "Filters":
        """The same from what `json` gives."""
        first, last = (fields[name] and date.fromisoformat(fields[name]) for name in ("date_from", "date_to"))
        return cls.of(fields["post"], fields["tag"], first, last, fields["classification"])

    def json(self) -> dict[str, Any]:
        """The `filters` object of `POST /chat`."""
        return {
            "post": sorted(self.posts),
            "tag": sorted(self.tags),
            "classification": sorted(self.classifications),
            "date_from": self.date_from.isoformat() if self.date_from else None,
            "date_to": self.date_to.isoformat() if self.date_to else None,
        }

    def without(self, fields: Collection[str]) -> "Filters":
        """The same without these conditions, named as `conditions` names them; `date` names both ends."""
        dates = "date" in fields
        return replace(
            self,
            posts=frozenset() if "post" in fields else self.posts,
            tags=frozenset() if "tag" in fields else self.tags,
            date_from=None if dates or "date_from" in fields else self.date_from,
            date_to=None if dates or "date_to" in fields else self.date_to,
            classifications=frozenset() if "classification" in fields else self.classifications,
        )

    def within(self, cables: Collection[str]) -> "Filters":
        """The same, among the cables with these ids only where there are any."""
        return replace(self, cables=frozenset(cables)) if cables else self

    def __bool__(self) -> bool:
        return self != Filters()

    @property
    def of_header(self) -> bool:
        """Whether a condition is on a field that only readers cleared for the cable's classification may see."""
        return bool(self.tags or self.classifications)

    @property
    def first_second(self) -> int | None:
        """Start of `date_from` in Unix seconds, UTC."""
        return None if self.date_from is None else _midnight(self.date_from)

    @property
    def last_second(self) -> int | None:
        """The last second of `date_to` in Unix seconds, UTC."""
        return None if self.date_to is None else _midnight(self.date_to + timedelta(days=1)) - 1

    def conditions(self) -> Iterator[tuple[str, str]]:
        """Each condition as (field, value), to be shown to a reader."""
        yield from (("post", post) for post in sorted(self.posts))
        yield from (("tag", tag) for tag in sorted(self.tags))
        yield from (("classification", classification) for classification in sorted(self.classifications))
        if self.date_from:
            yield "date_from", self.date_from.isoformat()
        if self.date_to:
            yield "date_to", self.date_to.isoformat()


def _upper(values: list[str] | None) -> frozenset[str]:
    return frozenset(value.strip().upper() for value in values or () if value.strip())


def _midnight(day: date) -> int:
    return int(datetime.combine(day, time.min, UTC).timestamp())
