"""What a person meant by a citation: the paragraph or cable itself, or those that come near."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from rag.catalog_reader import CatalogReader
from rag.citation import TypedCitation, read_citation
from rag.errors import BadInput, NotFound
from rag.lookup import Opened, open_paragraph

_MOST = 5


@dataclass(frozen=True, slots=True)
class Resolution:
    """What was meant, or None; then `suggestions` are what may have been meant, likeliest first."""

    meant: Opened | None
    suggestions: tuple[Opened, ...] = ()


def resolve(catalog: CatalogReader, text: str) -> Resolution:
    """Look a citation up in any spelling people type.

    Raises:
        BadInput: the text is no citation.
    """
    typed = read_citation(text)
    if typed is None:
        raise BadInput(f"not a citation: {text[:60]!r}; write it like TOKYO 2367 ¶3 or 08TOKYO2367#3")
    ids = catalog.resolve(typed)
    locator = None if typed.locator is None else str(typed.locator)
    if len(ids) == 1:
        try:
            return Resolution(open_paragraph(catalog, ids[0], locator))
        except NotFound:
            return Resolution(None, (open_paragraph(catalog, ids[0], None),))
    near = dict.fromkeys(ids or _near(catalog, typed))
    return Resolution(None, tuple(_opened(catalog, cable_id, locator) for cable_id in list(near)[:_MOST]))


def _near(catalog: CatalogReader, typed: TypedCitation) -> Iterator[str]:
    """The same post and serial of another year, the serial at a post spelled alike, the post's nearest serials."""
    posts = catalog.posts()
    named = [post for post in typed.posts() if post in posts]
    meant = named or [like for post in typed.posts() for like in get_close_matches(post, posts, n=2, cutoff=0.7)]
    same = catalog.with_serial(typed.serial, 50)
    yield from (cable_id for cable_id in same if any(post in cable_id for post in meant))
    for post in meant:
        yield from catalog.next_to(post, typed.serial, 3)
    if not meant:
        yield from same


def _opened(catalog: CatalogReader, cable_id: str, locator: str | None) -> Opened:
    try:
        return open_paragraph(catalog, cable_id, locator)
    except NotFound:
        return open_paragraph(catalog, cable_id, None)
