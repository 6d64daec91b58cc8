"""One cable as the pages show it: its header fields, then its paragraphs with the supporting words marked."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import urlencode

from api.web.spans import Readable, Span, readable
from rag.catalog.lookup import OpenedCitation
from rag.domain.cable import Cable, Paragraph
from rag.domain.marking import read_marking
from rag.domain.paragraph_key import cable_id_of, locator_of
from rag.domain.tag_meanings import tag_meaning
from rag.text.subject_case import titled

Marks = Mapping[str, Sequence[Span]]
"""Spans to mark, by locator of the paragraph."""

_MARK = re.compile(r"([u\d~]{1,16})\.(\d{1,7})-(\d{1,7})", re.ASCII)
_MOST_MARKS = 200


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph as shown; `heading` is set where one begins."""

    key: str
    anchor: str
    citation: str
    number: str
    marking: str | None
    effective: str | None
    level: str
    heading: str | None
    shown: Readable

    @property
    def path(self) -> str:
        """Where it is read on the cable's own page."""
        return permalink(self.key)

    @property
    def cite_path(self) -> str:
        """Where it is cited in every style."""
        return cite_path(self.key)

    @property
    def similar_path(self) -> str:
        """Where similar paragraphs are listed."""
        return f"/read/{cable_id_of(self.key)}/like/{locator_of(self.key)}"


@dataclass(frozen=True, slots=True)
class CableView:
    """A cable as shown. Each field has a name and its values."""

    id: str
    label: str
    subject: str | None
    title: str | None
    """The subject in sentence case."""
    day: str
    classification: str
    level: str
    fields: tuple[tuple[str, tuple[str, ...]], ...]
    tags: tuple[tuple[str, str | None], ...]
    references: tuple[str, ...]
    paragraphs: tuple[ParagraphView, ...]

    @property
    def cite_path(self) -> str:
        """Where it is cited in every style."""
        return cite_path(self.id)


def cable_view(opened: OpenedCitation, marks: Marks) -> CableView:
    """The cable with these words marked."""
    cable = opened.cable
    return CableView(
        id=str(cable.id),
        label=cable.label(opened.with_year),
        subject=cable.subject,
        title=titled(cable) or None,
        day=cable.date.strftime("%-d %B %Y") if cable.date else "undated",
        classification=" · ".join((cable.classification, *cable.caveats)) if cable.classification else "",
        level=level(cable.classification),
        fields=tuple((name, tuple(values)) for name, values in _fields(cable) if values),
        tags=tuple((tag, tag_meaning(tag)) for tag in cable.tags),
        references=cable.references,
        paragraphs=tuple(_paragraphs(opened, marks)),
    )


def anchor(key: str) -> str:
    """The id of a paragraph in the page: `p3`, `p5~2`, `pu1`."""
    return f"p{locator_of(key)}"


def permalink(key: str, marks: Sequence[str] = (), within: str = "") -> str:
    """Where a paragraph, or a cable by its id, is read: `/read/08TOKYO2367#p3`; `marks` as `marked` gives them.

    `within` is the query of the list on `/browse` that its neighbours are of.
    """
    query = "&".join((*(f"mark={mark}" for mark in marks), *([urlencode({"in": within})] if within else [])))
    path = f"/read/{cable_id_of(key)}{f'?{query}' if query else ''}"
    return f"{path}#{anchor(key)}" if locator_of(key) else path


def cite_path(key: str) -> str:
    """Where a paragraph, or a cable by its id, is cited in every style: `/cite/08TOKYO2367/3`."""
    return "/".join(("/cite", *filter(None, (cable_id_of(key), locator_of(key)))))


def marked(key: str, span: Span) -> str:
    """Words of a paragraph as an address names them: `3.21-43`."""
    return f"{locator_of(key)}.{span[0]}-{span[1]}"


def read_marks(marks: Sequence[str]) -> dict[str, list[Span]]:
    """What an address says is to be marked, by locator; what cannot be read is left out."""
    spans: dict[str, list[Span]] = {}
    for mark in marks[:_MOST_MARKS]:
        if read := _MARK.fullmatch(mark):
            spans.setdefault(read[1], []).append((int(read[2]), int(read[3])))
    return spans


def level(marking: str | None) -> str:
    """The level of a marking as the style sheet names it; `none` where unknown."""
    read = read_marking(marking) if marking else None
    return "none" if read is None else read.level.name.lower()


def _paragraphs(opened: OpenedCitation, marks: Marks) -> Iterator[ParagraphView]:
    heading = None
    for paragraph in opened.cable.paragraphs:
        begun = paragraph.heading if paragraph.heading != heading else None
        heading = paragraph.heading
        yield _paragraph(opened, paragraph, begun, marks)


def _paragraph(opened: OpenedCitation, paragraph: Paragraph, heading: str | None, marks: Marks) -> ParagraphView:
    key = str(paragraph.key)
    return ParagraphView(
        key=key,
        anchor=anchor(key),
        citation=opened.cable.citation(paragraph, opened.with_year),
        number="¶" if paragraph.number is None else f"¶{paragraph.number}",
        marking=paragraph.marking or paragraph.effective_marking,
        effective=paragraph.effective_marking,
        level=level(paragraph.effective_marking),
        heading=heading,
        shown=readable(paragraph.text, paragraph.layout, marks.get(locator_of(key), ())),
    )


def _fields(cable: Cable) -> Iterable[tuple[str, Sequence[str]]]:
    when = cable.date.strftime("%-d %B %Y, %H:%M UTC") if cable.date else ""
    return (
        ("Date", [when] if when else []),
        ("From", [cable.origin or cable.post]),
        ("To", [recipient.name for recipient in cable.recipients if recipient.kind == "to"]),
        ("Info", [recipient.name for recipient in cable.recipients if recipient.kind != "to"]),
        ("Classified by", cable.classified_by),
        ("Declassify on", [cable.declassify_on.strftime("%-d %B %Y")] if cable.declassify_on else []),
        ("Signed", cable.signers),
        ("Source", [PurePath(cable.source).name] if cable.source else []),
    )
