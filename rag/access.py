"""Who may see what: the access class of a marking, and the clearance of a reader.

A class is a level with the grants a reader needs beside it (`C`, `S/NF/NODIS`). There are few classes, so an index
holds a paragraph's class as one word and a search is narrowed to the classes the reader is cleared for.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import product
from pathlib import PurePath

from rag.cable import Cable, Paragraph
from rag.marking import Level, effective_marking, read_marking

DENIED = "-"
"""The class of text whose marking or caveat is unknown, or that no grant opens: no key sees it."""

_NAMES = {
    Level.U: "UNCLASSIFIED",
    Level.SBU: "SBU",
    Level.C: "CONFIDENTIAL",
    Level.S: "SECRET",
    Level.TS: "TOP SECRET",
}
_GRANTS = ("NF", "NODIS", "EXDIS")
_NEEDED = {"NF": "NF", "NOFORN": "NF", "REL": "NF", "NODIS": "NODIS", "EXDIS": "EXDIS"}


@dataclass(frozen=True, slots=True)
class Clearance:
    """What a reader may see: everything up to `level`, and what the grants open. `owner` sees all there is."""

    level: Level
    noforn: bool = False
    nodis: bool = False
    exdis: bool = False
    owner: bool = False

    def within(self, other: "Clearance") -> "Clearance":
        """What both may see."""
        if other.owner:
            return self
        if self.owner:
            return other
        grants = (self.noforn and other.noforn, self.nodis and other.nodis, self.exdis and other.exdis)
        return Clearance(min(self.level, other.level), *grants)

    def may_see(self, marking: str | None, caveats: Iterable[str] = ()) -> bool:
        """Whether text with this effective marking, and these further caveats, is for this reader."""
        return self.opens(access_class("/".join((marking or "", *caveats))))

    def opens(self, access: str) -> bool:
        """Whether text of this class is for this reader."""
        classes = self.classes
        return classes is None or access in classes

    def __str__(self) -> str:
        grants = zip(("noforn", "nodis", "exdis"), (self.noforn, self.nodis, self.exdis), strict=True)
        return " ".join((_NAMES[self.level], *(name.upper() for name, given in grants if given)))

    @property
    def classes(self) -> frozenset[str] | None:
        """The classes this reader may see, or None for all of them, unknown markings included."""
        if self.owner:
            return None
        given = zip(_GRANTS, (self.noforn, self.nodis, self.exdis), strict=True)
        return _classes(self.level, tuple(grant for grant, held in given if held))


OWNER = Clearance(Level.TS, noforn=True, nodis=True, exdis=True, owner=True)
"""Whoever owns the files of the store."""


@cache  # asked for of every paragraph a search finds
def _classes(most: Level, held: tuple[str, ...]) -> frozenset[str]:
    return frozenset(
        "/".join((level.name, *(grant for grant, needed in zip(held, chosen, strict=True) if needed)))
        for level in Level
        if level <= most
        for chosen in product((False, True), repeat=len(held))
    )


@lru_cache(maxsize=4096)  # the paragraphs of an archive share a few markings
def access_class(marking: str | None) -> str:
    """The class of an effective marking such as `S/NF`; `DENIED` where part of it is unknown or no grant opens it."""
    read = read_marking(marking) if marking else None
    if read is None:
        return DENIED
    # Words behind REL are countries, unless they are caveats themselves.
    words = [word for caveat in read.caveats for word in _words(caveat)]
    if any(word not in _NEEDED for word in words):
        return DENIED
    needed = {_NEEDED[word] for word in words}
    return "/".join((read.level.name, *(grant for grant in _GRANTS if grant in needed)))


def header_class(cable: Cable) -> str:
    """The class of a cable's own fields: its classification with its caveats."""
    return access_class(effective_marking(None, cable.classification, cable.caveats))


def redacted(cable: Cable, reader: Clearance) -> Cable | None:
    """The cable as this reader sees it, or None where no paragraph of it is for this reader."""
    if reader.owner:
        return cable
    shown = [each for each in cable.paragraphs if reader.may_see(each.effective_marking)]
    if not shown:
        return None
    of_cable = header_class(cable)
    return replace(
        without_fields(cable, reader),
        paragraphs=tuple(_without_heading(each, of_cable, reader) for each in shown),
        summary=cable.summary if cable.summary in [each.key.locator for each in shown] else None,
    )


def without_fields(cable: Cable, reader: Clearance) -> Cable:
    """The fields of a cable some paragraph of which is for this reader, without the paragraphs.

    Id, post and date are always there. The other fields have the cable's classification, the subject its own marking
    where it has one; what is withheld is empty. What the parser noted may speak of any paragraph: it is the owner's,
    as are the folders of the files a cable came in.
    """
    if reader.owner:
        return replace(cable, paragraphs=())
    of_cable = header_class(cable)
    subject = access_class(cable.subject_marking) if cable.subject_marking else of_cable
    shown = cable if reader.opens(of_cable) else Cable(cable.id, cable.post, (), cable.date)
    return replace(
        shown,
        paragraphs=(),
        subject=cable.subject if reader.opens(subject) else None,
        subject_marking=cable.subject_marking if reader.opens(subject) else None,
        summary=None,
        source=PurePath(shown.source).name,
        variants=tuple(PurePath(each).name for each in shown.variants),
        problems=(),
    )


def _without_heading(paragraph: Paragraph, of_cable: str, reader: Clearance) -> Paragraph:
    access = access_class(paragraph.heading_marking) if paragraph.heading_marking else of_cable
    return paragraph if reader.opens(access) else replace(paragraph, heading=None, heading_marking=None)


def _words(caveat: str) -> Iterable[str]:
    first, *others = caveat.split()
    yield first
    if first == "REL":
        yield from (word for word in others if read_marking(f"U/{word}") is not None)
