"""Filters as SQL conditions, and what a search under them covers: in numbers and in words."""

from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy import ColumnElement, exists, func, select

from rag.catalog.catalog_reader import CatalogReader
from rag.catalog.tables import cable_tags, cables
from rag.domain.filters import Filters
from rag.domain.periods import Period


def cables_within(catalog: CatalogReader, filters: Filters) -> int:
    """How many of the cables its reader sees a search under these filters looks through."""
    with catalog.begin() as connection:
        query = select(func.count()).select_from(cables).where(*conditions(catalog, filters))
        return connection.scalar(query) or 0


def conditions(catalog: CatalogReader, filters: Filters) -> Iterator[ColumnElement[bool]]:
    """Conditions on `cables`: its reader sees the cable, and the filters hold."""
    yield catalog.visible()
    if filters.posts:
        yield cables.c.post.in_(sorted(filters.posts))
    if filters.cables:
        yield cables.c.id.in_(sorted(filters.cables))
    if filters.first_second is not None:
        yield cables.c.seconds >= filters.first_second
    if filters.last_second is not None:
        yield cables.c.seconds <= filters.last_second
    if filters.of_header:  # only where the reader may see the cable's own fields
        yield catalog.opens(cables)
    if filters.tags:
        yield (
            exists()
            .where(cable_tags.c.cable_id == cables.c.id, cable_tags.c.tag.in_(sorted(filters.tags)))
            .correlate(cables)
        )
    if filters.classifications:
        yield func.upper(cables.c.classification).in_(sorted(filters.classifications))


def in_words(filters: Filters, posts: Mapping[str, str]) -> str:
    """Such as "from Madrid in 2007"; empty for the whole archive. `posts` maps posts as ids spell them to names."""
    return " ".join(_words(filters, posts))


def _words(filters: Filters, posts: Mapping[str, str]) -> Iterator[str]:
    if filters.classifications:
        yield f"classified {' or '.join(sorted(filters.classifications))}"
    if filters.posts:
        yield f"from {' or '.join(posts.get(post, post).title() for post in sorted(filters.posts))}"
    if filters.date_from or filters.date_to:
        yield _dates(filters.date_from, filters.date_to)
    if filters.tags:
        yield f"tagged {' or '.join(sorted(filters.tags))}"
    if filters.cables:
        yield "named in the question"


def _dates(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return f"since {first}" if first else f"up to {last}"
    period = Period(first, last)
    if period == Period.of(first.year):
        return f"in {first.year}"
    return f"in {first:%B %Y}" if period == Period.of(first.year, first.month) else f"between {first} and {last}"
