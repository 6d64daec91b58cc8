"""From one cable to others: references in and out, and paragraphs like one at hand."""

from asyncio import to_thread
from collections.abc import Mapping, Sequence
from typing import Any

from nicegui.element import Element

from api.web.cable_view import permalink
from api.web.markup import node
from api.web.room import ReadingRoom
from rag.cable import Cable
from rag.errors import CablesError
from rag.passage import Passage

_SHOWN = 220


class Follow:
    """What leads on from a cable, asked of the room when it is wanted."""

    def __init__(self, room: ReadingRoom) -> None:
        self._room = room

    async def around(self, cable: Cable, place: Element) -> None:
        """Put the cable's references and near-duplicates into the place."""
        try:
            references = await to_thread(self._room.references, str(cable.id))
            same = await to_thread(self._room.near_duplicates, cable)
        except CablesError:
            return  # the cable was opened a moment ago; what leads on from it can be missed
        if place.is_deleted:
            return  # closed in the meantime
        with place:
            draw_references(references)
            if same:
                draw_similar("Nearly the same text", same)

    async def like(self, key: str, citation: str, place: Element) -> None:
        """Put paragraphs like this one into the place, or take them away again."""
        if place.default_slot.children:
            place.clear()
            return
        passages = await to_thread(self._room.similar, key)
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
                for each in references[field]:
                    with node("li"):
                        _reference(each)


def _reference(each: Mapping[str, Any]) -> None:
    if not each["in_archive"]:
        node("span", each["citation_label"], "pill absent")
        node("span", "not in this archive", "date")
        return
    node("a", each["citation_label"], "pill", href=f"/read/{each['cable_id']}")
    node("span", (each["date"] or "")[:10], "date")
    node("span", each["subject"] or "", "source-subject", dir="auto")


def draw_similar(title: str, passages: Sequence[Passage]) -> None:
    """Paragraphs like another one, in the current slot."""
    with node("section", classes="follow", aria_label=title):
        node("h3", title)
        if not passages:
            node("p", "No other paragraph is like it.", "date")
        with node("ul"):
            for each in passages:
                with node("li"):
                    node("a", each.citation, "pill", href=permalink(each.key))
                    node("span", (each.date or "")[:10], "date")
                    shown = each.text if len(each.text) <= _SHOWN else f"{each.text[:_SHOWN].rsplit(' ', 1)[0]} …"
                    node("p", shown, "like-text", dir="auto")
