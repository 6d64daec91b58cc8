"""What relates to a cable: references in and out, near-duplicates, similar paragraphs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.web.cable_view import permalink
from api.web.page_service import PageService
from rag.catalog.lookup import OpenedCitation
from rag.domain.retrieved_paragraph import RetrievedParagraph
from rag.text.sentences import opening

_MAX_TEXT = 220


@dataclass(frozen=True, slots=True)
class RelatedItem:
    """A cable or paragraph; without `path` it is not in this archive."""

    label: str
    path: str | None
    day: str
    subject: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """What relates in one way."""

    title: str
    items: tuple[RelatedItem, ...]


def related_to(service: PageService, opened: OpenedCitation) -> list[Related]:
    """The cable's references and near-duplicates, as far as there are any."""
    duplicates = service.near_duplicates(opened.cable)
    similar = [Related("Nearly the same text", _items(duplicates))] if duplicates else []
    return [*referring(service.references(str(opened.cable.id))), *similar]


def similar_to(service: PageService, cable_id: str, number: str) -> Related:
    """The paragraphs nearest in meaning to one of the cable's.

    Raises:
        BadInput: this is not a cable id, or not the number of a paragraph.
        NotFound: there is no such paragraph for this reader.
    """
    citation, passages = service.similar_to(cable_id, number)
    return Related(f"More like {citation}", _items(passages))


def referring(references: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[Related]:
    """The cables this one refers to and is referred to by, from `GET /cables/{id}/references`."""
    for field, title in (("outgoing", "Refers to"), ("incoming", "Referred to by")):
        if references[field]:
            yield Related(title, tuple(map(_reference, references[field])))


def _reference(reference: Mapping[str, Any]) -> RelatedItem:
    if not reference["in_archive"]:
        return RelatedItem(reference["citation_label"], None, "not in this archive")
    day = (reference["date"] or "")[:10]
    return RelatedItem(
        reference["citation_label"], permalink(reference["cable_id"]), day, subject=reference["subject"] or ""
    )


def _items(passages: Sequence[RetrievedParagraph]) -> tuple[RelatedItem, ...]:
    return tuple(
        RelatedItem(
            passage.citation, permalink(passage.key), (passage.date or "")[:10], text=opening(passage.text, _MAX_TEXT)
        )
        for passage in passages
    )
