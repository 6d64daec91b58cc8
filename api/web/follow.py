"""From one cable to others: references in and out, and paragraphs like one at hand."""

from collections.abc import Mapping, Sequence
from typing import Any

from api.web.cable_view import permalink
from api.web.markup import node
from rag.passage import Passage

_SHOWN = 220


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
