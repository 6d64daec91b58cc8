"""The sources of an answer to be shown beside it: each paragraph with the quoted words marked, and how it is cited."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rag.catalog.catalog_reader import CatalogReader
from rag.catalog.lookup import OpenedCitation, open_paragraph
from rag.citing.citable import Citable, Holding
from rag.citing.printed_styles import chicago_note
from rag.domain.paragraph_key import cable_id_of, locator_of
from rag.errors import NotFound


@dataclass(frozen=True, slots=True)
class SourceExcerpt:
    """A cited paragraph, or a cable without its text.

    `pieces` are the paragraph's text in stretches, each with whether it is quoted. `elsewhere` are quoted words that
    are not there any more. `about` holds subject, date and marking, `note` the full note of the Chicago Manual of
    Style. A source that is gone, or not for the reader, has key and citation alone.
    """

    key: str
    citation: str
    pieces: tuple[tuple[str, bool], ...] = ()
    elsewhere: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    note: str | None = None
    url: str | None = None


def source_excerpts(
    catalog: CatalogReader, citations: Iterable[dict[str, Any]], holding: Holding
) -> list[SourceExcerpt]:
    """The sources of the objects in `citations`, each once, as the catalog's reader may see them."""
    quotes: dict[str, list[dict[str, Any]]] = {}
    for each in citations:
        quotes.setdefault(each["key"], []).append(each)
    return [_excerpt(catalog, key, of_key, holding) for key, of_key in quotes.items()]


def _excerpt(catalog: CatalogReader, key: str, quotes: Sequence[dict[str, Any]], holding: Holding) -> SourceExcerpt:
    citation = quotes[0]["citation"]
    quoted = [quote for quote in quotes if quote["quote"]]
    try:
        opened = open_paragraph(catalog, cable_id_of(key), locator_of(key) or None)
    except NotFound:
        return SourceExcerpt(key, citation, elsewhere=tuple(quote["quote"] for quote in quoted))
    text = opened.paragraph.text if opened.paragraph else ""
    there = [quote for quote in quoted if text[quote["start"] : quote["end"]] == quote["quote"]]
    citable = Citable.of(opened, holding)
    return SourceExcerpt(
        key,
        citation,
        tuple(_pieces(text, [(quote["start"], quote["end"]) for quote in there])),
        tuple(quote["quote"] for quote in quoted if quote not in there),
        _about(opened, citable),
        chicago_note(citable),
        citable.url,
    )


def _about(opened: OpenedCitation, citable: Citable) -> tuple[str, ...]:
    day = f"{citable.date:%-d %B %Y}" if citable.date else "no date"
    heading = opened.paragraph.heading if opened.paragraph else None
    return tuple(filter(None, (citable.subject, heading, day, citable.marking)))


def _pieces(text: str, spans: Iterable[tuple[int, int]]) -> Iterable[tuple[str, bool]]:
    """The text cut where quotations begin and end; overlapping ones are one."""
    end = 0
    marked: list[list[int]] = []
    for first, last in sorted(spans):
        if marked and first <= marked[-1][1]:
            marked[-1][1] = max(marked[-1][1], last)
        else:
            marked.append([first, last])
    for first, last in marked:
        if text[end:first]:
            yield text[end:first], False
        yield text[first:last], True
        end = last
    if text[end:]:
        yield text[end:], False
