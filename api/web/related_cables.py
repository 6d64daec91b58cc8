"""What relates to a cable: references in and out, near-duplicates, similar paragraphs."""

from asyncio import to_thread
from collections.abc import Mapping, Sequence
from typing import Any

from nicegui.element import Element

from api.web.cable_view import permalink
from api.web.markup import node
from api.web.page_service import PageService
from rag.domain.cable import Cable
from rag.domain.retrieved_paragraph import RetrievedParagraph
from rag.errors import CablesError
from rag.text.sentences import opening

_MAX_TEXT = 220


class RelatedCables:
    """Draws what relates to a cable, loaded when it is needed."""

    def __init__(self, service: PageService) -> None:
        self._service = service

    async def show(self, cable: Cable, place: Element) -> None:
        """Draw the cable's references and near-duplicates in `place`."""
        try:
            references = await to_thread(self._service.references, str(cable.id))
            duplicates = await to_thread(self._service.near_duplicates, cable)
        except CablesError:
            return  # the cable itself is shown; it can do without these
        if place.is_deleted:
            return  # closed in the meantime
        with place:
            draw_references(references)
            if duplicates:
                draw_similar("Nearly the same text", duplicates)

    async def toggle_similar(self, key: str, citation: str, place: Element) -> None:
        """Draw similar paragraphs in `place`, or remove them again."""
        if place.default_slot.children:
            place.clear()
            return
        passages = await to_thread(self._service.similar, key)
        if place.is_deleted:
            return
        with place:
            draw_similar(f"More like {citation}", passages)


def draw_references(references: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """The cables this one refers to and is referred to by, in the current slot."""
    for field, title in (("outgoing", "Refers to"), ("incoming", "Referred to by")):
        if not references[field]:
            continue
        with node("section", classes="follow", aria_label=title):
            node("h3", title)
            with node("ul"):
                for reference in references[field]:
                    with node("li"):
                        _reference(reference)


def _reference(reference: Mapping[str, Any]) -> None:
    if not reference["in_archive"]:
        node("span", reference["citation_label"], "pill absent")
        node("span", "not in this archive", "date")
        return
    node("a", reference["citation_label"], "pill", href=f"/read/{reference['cable_id']}")
    node("span", (reference["date"] or "")[:10], "date")
    node("span", reference["subject"] or "", "source-subject", dir="auto")


def draw_similar(title: str, passages: Sequence[RetrievedParagraph]) -> None:
    """Similar paragraphs, in the current slot."""
    with node("section", classes="follow", aria_label=title):
        node("h3", title)
        if not passages:
            node("p", "No other paragraph is like it.", "date")
        with node("ul"):
            for passage in passages:
                with node("li"):
                    node("a", passage.citation, "pill", href=permalink(passage.key))
                    node("span", (passage.date or "")[:10], "date")
                    node("p", opening(passage.text, _MAX_TEXT), "like-text", dir="auto")
