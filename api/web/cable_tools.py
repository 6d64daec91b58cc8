"""What stands in the head of an open cable: the cables before and after it, and a search within it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import QueryParams

from api.web.browse_query import BrowseQuery
from api.web.cable_view import Marks
from api.web.chosen_filters import address
from api.web.page_service import PageService
from api.web.spans import Span, merged
from rag.catalog.listing import BY_DATE, ListingFilters
from rag.domain.cable import Cable
from rag.domain.paragraph_key import locator_of
from rag.errors import BadInput
from rag.query.scan_reader import read_scan
from rag.text.literal_matches import matches
from rag.text.literal_words import literal_words


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A cable beside the open one: its id, label, the address of its page, and its date and subject as a title."""

    id: str
    label: str
    path: str
    title: str


@dataclass(frozen=True, slots=True)
class FoundWithin:
    """What a search within a cable found: the words, what was found in words, or why they cannot be looked for.

    `first` is the locator of the first paragraph with them, empty where there is none.
    """

    words: str = ""
    found: str = ""
    refused: str = ""
    first: str = ""


@dataclass(frozen=True, slots=True)
class CableTools:
    """The neighbours of a cable in a list, and the search within it; `within` is the list as a query."""

    before: Neighbour | None
    after: Neighbour | None
    within: str
    find: FoundWithin


def neighbours(service: PageService, cable: Cable, within: str) -> tuple[Neighbour | None, Neighbour | None]:
    """The cables before and after this one in the list `within`; without one, among those of its post by date."""
    listing, order = ListingFilters(post=cable.post), BY_DATE
    if within:
        asked = BrowseQuery.read(QueryParams(within), service.facets())
        listing, order = asked.listing, asked.order
    before, after = (
        _neighbour(each, within) if each else None for each in service.beside(listing, str(cable.id), order)
    )
    return before, after


def find_within(cable: Cable, words: str) -> tuple[FoundWithin, Marks]:
    """Looks for words as a scan does, and marks them."""
    if not words.strip():
        return FoundWithin(), {}
    try:
        sought = read_scan(words).sought
    except BadInput as error:
        return FoundWithin(words, refused=str(error)), {}
    marks: dict[str, list[Span]] = {}
    for paragraph in cable.paragraphs:
        text = literal_words(paragraph.text)
        spans = merged(((span.start, span.end) for term in sought for span in matches(term, text)), len(paragraph.text))
        if spans:
            marks[locator_of(str(paragraph.key))] = spans
    count = sum(map(len, marks.values()))
    return FoundWithin(words, _found(count, len(marks)), first=next(iter(marks), "")), marks


def _found(count: int, paragraphs: int) -> str:
    if not count:
        return "Not in this cable"
    return f"{count:,} in {paragraphs:,} paragraph{'' if paragraphs == 1 else 's'}"


def _neighbour(listed: Mapping[str, Any], within: str) -> Neighbour:
    title = " ".join(filter(None, ((listed["date"] or "undated")[:10], listed["subject"])))
    return Neighbour(listed["id"], listed["label"], address(f"/read/{listed['id']}", [("in", within)]), title)
