"""Scanning: every paragraph that holds what is looked for, in order of time, with totals."""

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rag.catalog.catalog_reader import CatalogReader
from rag.domain.cable import Cable, Paragraph
from rag.domain.cable_json import iso_utc
from rag.domain.filters import Filters
from rag.domain.paragraph_key import ParagraphKey
from rag.domain.scan_query import ScanQuery
from rag.domain.span import Span
from rag.errors import BadInput
from rag.index.lexical import LexicalIndex
from rag.index.literal_index import LiteralTotals, Place
from rag.text.literal_matches import matches
from rag.text.literal_words import literal_words
from rag.text.snippet import snippet_of

SCAN_COLUMNS = ("key", "citation", "date", "subject", "snippet")
"""Fields of a hit's JSON object that stand in a line of CSV."""

_AT_ONCE = 500
_LAST_TURN = (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class ScanHit:
    """A paragraph that holds what was looked for.

    `snippet` is verbatim from its text; `spans` are the matches in the snippet. The cable is without its other
    paragraphs; `with_year` is set where another cable of the archive has the same label.
    """

    cable: Cable
    paragraph: Paragraph
    snippet: str
    spans: tuple[Span, ...]
    with_year: bool = False

    @property
    def key(self) -> str:
        """The paragraph key."""
        return str(self.paragraph.key)

    def json(self) -> dict[str, Any]:
        """The JSON object of a hit."""
        return {
            "key": self.key,
            "citation": self.cable.citation(self.paragraph, self.with_year),
            "date": iso_utc(self.cable.date),
            "subject": self.cable.subject,
            "snippet": self.snippet,
            "spans": [[span.start, span.end] for span in self.spans],
        }


@dataclass(frozen=True, slots=True)
class ScanPage:
    """Some hits, the totals of all, and the cursor of the page after (None on the last)."""

    totals: LiteralTotals
    hits: tuple[ScanHit, ...]
    next: str | None

    def json(self) -> dict[str, Any]:
        """The `scan` object."""
        return {
            "total": self.totals.total,
            "undated": self.totals.undated,
            "by_month": _counts(self.totals.by_month),
            "by_post": _counts(self.totals.by_post),
            "hits": [hit.json() for hit in self.hits],
            "next": self.next,
        }


class Scanner:
    """Scans what one reader may see."""

    def __init__(self, catalog: CatalogReader, lexical: LexicalIndex) -> None:
        self._catalog = catalog
        self._lexical = lexical

    def page(self, query: ScanQuery, filters: Filters, limit: int, cursor: str | None = None) -> ScanPage:
        """Up to `limit` hits, oldest first and undated ones last, from where `cursor` (a page's `next`) points.

        Raises:
            BadInput: the cursor is none that a page gave, or the query asks for more than can be read.
        """
        after = None if cursor is None else _read_cursor(cursor)
        totals, places = self._lexical.literal_page(query, filters, limit + 1, after)
        more = len(places) > limit
        return ScanPage(totals, tuple(self._hits(query, places[:limit])), _cursor(places[limit - 1]) if more else None)

    def count(self, query: ScanQuery, filters: Filters) -> int:
        """How many hits there are; raises as `page`."""
        return self._lexical.literal_page(query, filters, 1)[0].total

    def all(self, query: ScanQuery, filters: Filters, most: int) -> tuple[ScanHit, ...]:
        """The first `most` hits in the order of `page`; raises as that."""
        return tuple(self._hits(query, self._lexical.literal_places(query, filters, most)))

    def batches(self, query: ScanQuery, filters: Filters) -> Iterator[tuple[ScanHit, ...]]:
        """All hits in the order of `page`, some hundreds at a time; raises as `page`."""
        places = self._lexical.literal_places(query, filters, _AT_ONCE)
        while places:
            yield tuple(self._hits(query, places))
            places = self._lexical.literal_places(query, filters, _AT_ONCE, places[-1])

    def _hits(self, query: ScanQuery, places: Sequence[Place]) -> Iterator[ScanHit]:
        held = self._catalog.paragraphs([key for _, key in places])
        shared = self._catalog.shared_labels({str(cable.id) for cable, _ in held.values()})
        for cable, paragraph in (held[key] for _, key in places if key in held):
            words = literal_words(paragraph.text)
            snippet, spans = snippet_of(paragraph.text, [matches(term, words) for term in query.sought])
            yield ScanHit(cable, paragraph, snippet, tuple(spans), str(cable.id) in shared)


def _counts(by_value: dict[str, int]) -> list[dict[str, str | int]]:
    return [{"value": value, "count": count} for value, count in by_value.items()]


def _cursor(place: Place) -> str:
    return base64.urlsafe_b64encode(f"{place[0]} {place[1]}".encode()).decode().rstrip("=")


def _read_cursor(cursor: str) -> Place:
    try:
        turn, _, key = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().partition(" ")
        return max(0, min(int(turn), _LAST_TURN)), str(ParagraphKey.parse(key))
    except (ValueError, BadInput) as error:
        raise BadInput(f"not a cursor: {cursor[:40]!r}; take `next` of the page before, or leave it out") from error
