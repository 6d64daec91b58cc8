"""Filters whose values the archive does not have are refused: a misspelled post would look like an empty archive."""

from collections.abc import Callable, Collection
from difflib import get_close_matches

from rag.catalog.catalog_reader import CatalogReader
from rag.domain.filters import Filters
from rag.domain.known_posts import known_post
from rag.errors import BadInput

_MOST = 3
_ALL = "`cables coverage` lists the posts, GET /cables all values under `facets`"


def check_filters(catalog: CatalogReader, filters: Filters) -> Filters:
    """The same filters, if each value is one that the reader sees.

    Raises:
        BadInput: one is not, or no day lies between the dates; it names the nearest values.
    """
    kinds: tuple[tuple[str, Collection[str], Callable[[], Collection[str]]], ...] = (
        ("of the post", filters.posts, catalog.posts),
        ("with the TAG", filters.tags, catalog.tags),
        ("classified", filters.classifications, catalog.classifications),
    )
    for kind, chosen, held in kinds:
        for value in sorted(chosen):
            if value not in (known := held()):
                hint = did_you_mean(value, known) or _ALL
                raise BadInput(f"the archive holds no cable {kind} {value[:40]!r}; {hint}")
    if filters.date_from and filters.date_to and filters.date_from > filters.date_to:
        raise BadInput(f"no day is after {filters.date_from} and before {filters.date_to}; swap the two dates")
    return filters


def did_you_mean(value: str, known: Collection[str]) -> str | None:
    """A question that names the nearest of the known values; None where none is near. All are in upper case."""
    alias = known_post(value)
    near = [alias] if alias in known else []
    near += [each for each in sorted(known) if len(value) > 1 and each.startswith(value)]
    near += get_close_matches(value, known, n=_MOST)
    named = list(dict.fromkeys(filter(None, near)))[:_MOST]
    return f"did you mean {' or '.join(named)}?" if named else None
