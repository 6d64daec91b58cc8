"""Who may see what: the access class of a marking, and the clearance of a reader.

A class is a level with the grants a reader needs besides (`C`, `S/NF/NODIS`). There are few classes, so an index
stores a paragraph's class as one word, and a search is limited to the classes the reader is cleared for.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import combinations
from pathlib import PurePath

from rag.domain.cable import Cable, Paragraph
from rag.domain.marking import Level, effective_marking, read_marking

DENIED = "-"
"""The class of text with an unknown marking or caveat, or with a caveat no grant covers: no key may see it."""

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
    """What a reader may see: everything up to `level`, with the caveats that the grants cover; `owner`, everything."""

    level: Level
    noforn: bool = False
    nodis: bool = False
    exdis: bool = False
    owner: bool = False

    def within(self, other: "Clearance") -> "Clearance":
        """The clearance for what both clearances allow."""
        if other.owner:
            return self
        if self.owner:
            return other
        grants = (self.noforn and other.noforn, self.nodis and other.nodis, self.exdis and other.exdis)
        return Clearance(min(self.level, other.level), *grants)

    def may_see(self, marking: str | None, caveats: Iterable[str] = ()) -> bool:
        """Whether this reader may see text with this effective marking and these further caveats."""
        return self.opens(access_class("/".join((marking or "", *caveats))))

    def opens(self, access: str) -> bool:
        """Whether this reader may see text of this class."""
        classes = self.classes
        return classes is None or access in classes

    def __str__(self) -> str:
        grants = zip(("noforn", "nodis", "exdis"), (self.noforn, self.nodis, self.exdis), strict=True)
        return " ".join((_NAMES[self.level], *(name.upper() for name, granted in grants if granted)))

    @property
    def classes(self) -> frozenset[str] | None:
        """The classes this reader may see, or None for all of them, unknown markings included."""
        if self.owner:
            return None
        grants = zip(_GRANTS, (self.noforn, self.nodis, self.exdis), strict=True)
        return _classes(self.level, tuple(grant for grant, granted in grants if granted))


OWNER = Clearance(Level.TS, noforn=True, nodis=True, exdis=True, owner=True)
"""The clearance of whoever owns the files of the store."""


@cache  # called for every paragraph a search finds
def _classes(highest: Level, grants: tuple[str, ...]) -> frozenset[str]:
    return frozenset(
        "/".join((level.name, *needed))
        for level in Level
        if level <= highest
        for count in range(len(grants) + 1)
        for needed in combinations(grants, count)
    )


@lru_cache(maxsize=4096)  # the paragraphs of an archive share a few markings
def access_class(marking: str | None) -> str:
    """The class of an effective marking such as `S/NF`; `DENIED` where part of it is unknown or no grant covers it."""
    parsed = read_marking(marking) if marking else None
    if parsed is None:
        return DENIED
    words = [word for caveat in parsed.caveats for word in _words(caveat)]
    if any(word not in _NEEDED for word in words):
        return DENIED
    needed = {_NEEDED[word] for word in words}
    return "/".join((parsed.level.name, *(grant for grant in _GRANTS if grant in needed)))


def header_class(cable: Cable) -> str:
    """The class of a cable's own fields: its classification with its caveats."""
    return access_class(effective_marking(None, cable.classification, cable.caveats))


def redacted(cable: Cable, reader: Clearance) -> Cable | None:
    """The cable as this reader sees it, or None where they may see no paragraph of it."""
    if reader.owner:
        return cable
    visible = [paragraph for paragraph in cable.paragraphs if reader.may_see(paragraph.effective_marking)]
    if not visible:
        return None
    cable_class = header_class(cable)
    return replace(
        redacted_header(cable, reader),
        paragraphs=tuple(_with_heading_redacted(paragraph, cable_class, reader) for paragraph in visible),
        summary=cable.summary if cable.summary in [paragraph.key.locator for paragraph in visible] else None,
    )


def redacted_header(cable: Cable, reader: Clearance) -> Cable:
    """The cable without paragraphs, for a reader who may see some of them; fields they may not see are empty.

    Id, post and date are always shown. The other fields have the cable's classification, except a subject with a
    marking of its own. Only the owner sees the parser's notes, which may mention any paragraph, and the folders of the
    files that held the cable.
    """
    if reader.owner:
        return replace(cable, paragraphs=())
    cable_class = header_class(cable)
    subject_class = access_class(cable.subject_marking) if cable.subject_marking else cable_class
    shown = cable if reader.opens(cable_class) else Cable(cable.id, cable.post, (), cable.date)
    return replace(
        shown,
        paragraphs=(),
        subject=cable.subject if reader.opens(subject_class) else None,
        subject_marking=cable.subject_marking if reader.opens(subject_class) else None,
        summary=None,
        source=PurePath(shown.source).name,
        variants=tuple(PurePath(variant).name for variant in shown.variants),
        problems=(),
    )


def _with_heading_redacted(paragraph: Paragraph, cable_class: str, reader: Clearance) -> Paragraph:
    heading_class = access_class(paragraph.heading_marking) if paragraph.heading_marking else cable_class
    return paragraph if reader.opens(heading_class) else replace(paragraph, heading=None, heading_marking=None)


def _words(caveat: str) -> Iterable[str]:
    """The words of a caveat that need a grant: words behind REL are countries, unless they are caveats themselves."""
    first, *others = caveat.split()
    yield first
    if first == "REL":
        yield from (word for word in others if read_marking(f"U/{word}") is not None)
