"""A saved search."""

from dataclasses import dataclass
from datetime import datetime

from rag.domain.filters import Filters


@dataclass(frozen=True, slots=True)
class Watch:
    """A scan that a reader saved to be told of what is new.

    `since` and `seen` are stamps of arrivals: of the last one when it was made, and of the last one that was seen.
    `has_feed` says whether its feed has an address of its own.
    """

    id: str
    name: str
    query: str
    filters: Filters
    made: datetime
    since: int
    seen: int
    has_feed: bool = False
