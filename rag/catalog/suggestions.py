"""What a typed citation means: the paragraph or cable itself, or the most similar ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from rag.catalog.catalog_reader import CatalogReader
from rag.catalog.lookup import OpenedCitation, open_paragraph, parse_citation, refuse_withdrawn
from rag.domain.citation import TypedCitation
from rag.errors import NotFound, Withdrawn

_MOST_SUGGESTIONS = 5
_MOST_WITH_SERIAL = 50
_MOST_OF_POST = 3
_LEAST_SIMILARITY = 0.7  # of the names of two posts (difflib's ratio)


@dataclass(frozen=True, slots=True)
class Resolution:
    """What was meant, or None; then `suggestions` are what may have been meant, likeliest first."""

    meant: OpenedCitation | None
    suggestions: tuple[OpenedCitation, ...] = ()


def resolve(catalog: CatalogReader, text: str) -> Resolution:
    """Look a citation up in any spelling people type.

    Raises:
        BadInput: the text is no citation.
        Withdrawn: what it names was withdrawn, and the reader is the owner.
    """
    return resolve_typed(catalog, parse_citation(text))


def resolve_typed(catalog: CatalogReader, typed: TypedCitation) -> Resolution:
    """Look up a citation that was read.

    Raises:
        Withdrawn: what it names was withdrawn, and the reader is the owner.
    """
    ids = catalog.resolve(typed)
    locator = None if typed.locator is None else str(typed.locator)
    if len(ids) == 1:
        try:
            return Resolution(open_paragraph(catalog, ids[0], locator))
        except Withdrawn:
            raise
        except NotFound:
            return Resolution(None, (open_paragraph(catalog, ids[0], None),))
    if not ids:
        refuse_withdrawn(catalog, typed)
    candidates = list(dict.fromkeys(ids or _similar(catalog, typed)))[:_MOST_SUGGESTIONS]
    return Resolution(None, tuple(_paragraph_or_cable(catalog, cable_id, locator) for cable_id in candidates))


def _similar(catalog: CatalogReader, typed: TypedCitation) -> Iterator[str]:
    """The same post and serial of another year, the serial at a similar post, the post's nearest serials."""
    posts = catalog.posts()
    likely = [post for post in typed.posts() if post in posts] or [
        post for name in typed.posts() for post in get_close_matches(name, posts, n=2, cutoff=_LEAST_SIMILARITY)
    ]
    same_serial = catalog.with_serial(typed.serial, _MOST_WITH_SERIAL)
    yield from (cable_id for cable_id in same_serial if any(post in cable_id for post in likely))
    for post in likely:
        yield from catalog.nearest_serials(post, typed.serial, _MOST_OF_POST)
    if not likely:
        yield from same_serial


def _paragraph_or_cable(catalog: CatalogReader, cable_id: str, locator: str | None) -> OpenedCitation:
    try:
        return open_paragraph(catalog, cable_id, locator)
    except NotFound:
        return open_paragraph(catalog, cable_id, None)
