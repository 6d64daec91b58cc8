"""Lists, citations, references and similar paragraphs of one reader's archive, for the routes and the web page."""

from collections.abc import Mapping, Sequence
from typing import Any

from rag.catalog.catalog_reader import CatalogReader
from rag.catalog.listing import BY_DATE, Listing, ListingFilters, ListingOrder
from rag.catalog.lookup import OpenedCitation, open_paragraph
from rag.catalog.suggestions import resolve
from rag.domain.cable import Cable, Paragraph
from rag.domain.cable_id import CableId
from rag.domain.cable_json import cable_json, iso_utc, paragraph_json
from rag.domain.citation import cable_label
from rag.domain.retrieved_paragraph import RetrievedParagraph
from rag.scoped_archive import ScopedArchive


def list_cables(
    archive: ScopedArchive,
    filters: ListingFilters,
    limit: int,
    cursor: str | None = None,
    order: ListingOrder = BY_DATE,
) -> dict[str, Any]:
    """A page of up to `limit` cables from `cursor` on, as `CablesBody`.

    Raises:
        BadInput: the cursor is not one that a page gave.
    """
    page = Listing(archive.catalog).page(filters, limit, cursor, order)
    shared = archive.catalog.shared_labels(str(cable.id) for cable in page.cables)
    return {
        "total": page.total,
        "cables": [_listed_cable(cable, str(cable.id) in shared) for cable in page.cables],
        "facets": page.facets,
        "next": page.next,
    }


def beside(
    archive: ScopedArchive, filters: ListingFilters, cable_id: str, order: ListingOrder
) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """The cables before and after this one in such a list, as in `CablesBody`; None at an end of it."""
    found = Listing(archive.catalog).beside(filters, cable_id, order)
    shared = archive.catalog.shared_labels(str(cable.id) for cable in found if cable)
    before, after = (_listed_cable(cable, str(cable.id) in shared) if cable else None for cable in found)
    return before, after


def open_cable(archive: ScopedArchive, cable_id: str) -> OpenedCitation:
    """A whole cable.

    Raises:
        BadInput: this is not a cable id.
        NotFound: there is no such cable for this reader.
    """
    return open_paragraph(archive.catalog, str(CableId.parse(cable_id)), None)


def read_cable(archive: ScopedArchive, cable_id: str) -> dict[str, Any]:
    """A whole cable as `CableBody`; raises as `open_cable`."""
    opened = open_cable(archive, cable_id)
    return cable_json(opened.cable, opened.with_year)


def read_paragraph(archive: ScopedArchive, cable_id: str, number: str) -> dict[str, Any]:
    """One paragraph as `ParagraphBody`; raises as `open_cable`."""
    opened, paragraph = _open_numbered(archive, cable_id, number)
    return paragraph_json(opened.cable, paragraph, opened.with_year)


def similar_paragraphs(archive: ScopedArchive, cable_id: str, number: str, k: int) -> list[RetrievedParagraph]:
    """The `k` paragraphs nearest in meaning to this one, best first; raises as `open_cable`."""
    opened, paragraph = _open_numbered(archive, cable_id, number)
    return archive.retriever.similar(opened.cable, paragraph, k)


def resolve_citation(archive: ScopedArchive, citation: str) -> dict[str, Any]:
    """What a citation means, in any spelling people type, as `ResolvedBody`.

    Raises:
        BadInput: the text is not a citation.
    """
    resolution = resolve(archive.catalog, citation)
    return {
        "citation": citation,
        "resolved": _resolved(resolution.meant) if resolution.meant else None,
        "suggestions": [_resolved(suggestion) for suggestion in resolution.suggestions],
    }


def cable_references(archive: ScopedArchive, cable_id: str) -> dict[str, Any]:
    """The cables this one refers to and those that refer to it, as `ReferencesBody`; raises as `open_cable`."""
    cable = open_cable(archive, cable_id).cable
    return {
        "cable_id": str(cable.id),
        "outgoing": _references(archive.catalog, cable.references),
        "incoming": _references(archive.catalog, archive.catalog.referring(str(cable.id))),
    }


def shown_cables(listed: Sequence[Mapping[str, Any]]) -> list[str]:
    """Ids of the cables in such a list whose fields it shows."""
    return [each.get("cable_id") or each["id"] for each in listed if each.get("in_archive", True)]


def _open_numbered(archive: ScopedArchive, cable_id: str, number: str) -> tuple[OpenedCitation, Paragraph]:
    opened = open_paragraph(archive.catalog, str(CableId.parse(cable_id)), number)
    assert opened.paragraph is not None  # noqa: S101 - open_paragraph raises where there is none
    return opened, opened.paragraph


def _listed_cable(cable: Cable, with_year: bool) -> dict[str, Any]:
    return {
        "id": str(cable.id),
        "label": cable.label(with_year),
        "post": cable.post,
        "date": iso_utc(cable.date),
        "subject": cable.subject,
        "classification": cable.classification,
        "caveats": list(cable.caveats),
        "tags": list(cable.tags),
    }


def _resolved(opened: OpenedCitation) -> dict[str, Any]:
    return {
        "cable_id": str(opened.cable.id),
        "key": None if opened.paragraph is None else opened.key,
        "citation": opened.citation,
        "url": opened.url,
    }


def _references(catalog: CatalogReader, ids: Sequence[str]) -> list[dict[str, Any]]:
    """One end of each reference; of a cable that is not there for this reader, only what a REF line says."""
    shared = catalog.shared_labels(ids)
    posts = catalog.posts()
    references: list[dict[str, Any]] = []
    for cable_id in ids:
        cable = catalog.cable(cable_id)
        parsed = CableId.parse(cable_id)
        label = cable.label(cable_id in shared) if cable else cable_label(posts.get(parsed.post, parsed.post), parsed)
        references.append(
            {
                "cable_id": cable_id,
                "citation_label": label,
                "in_archive": cable is not None,
                "subject": cable.subject if cable else None,
                "date": iso_utc(cable.date) if cable else None,
            }
        )
    return references
