"""One cable laid out for reading: its header fields, then its paragraphs with the supporting words marked."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import PurePath

from nicegui.element import Element

from api.web.markup import icon_button, node, set_attributes
from api.web.spans import Span, readable
from rag.catalog.lookup import OpenedCitation
from rag.domain.cable import Cable, Paragraph
from rag.domain.marking import read_marking
from rag.domain.paragraph_key import cable_id_of, locator_of

Marks = Mapping[str, Sequence[Span]]
"""Spans to mark, by paragraph key."""


def anchor(key: str) -> str:
    """The id of a paragraph in the page: `p3`, `p5~2`, `pu1`."""
    return f"p{locator_of(key)}"


def permalink(key: str) -> str:
    """Where a paragraph, or a cable by its id, is read on a page of its own: `/read/08TOKYO2367#p3`."""
    if not locator_of(key):
        return f"/read/{key}"
    return f"/read/{cable_id_of(key)}#{anchor(key)}"


def level(marking: str | None) -> str:
    """The level of a marking as the style sheet names it; `none` where unknown."""
    read = read_marking(marking) if marking else None
    return "none" if read is None else read.level.name.lower()


class CableView:
    """A cable in the current slot."""

    def __init__(
        self,
        opened: OpenedCitation,
        marks: Marks,
        show_similar: Callable[[str, str, Element], object] | None = None,
        alone: bool = False,
    ) -> None:
        """`alone` where the cable is the whole page.

        `show_similar` is called with a paragraph's key, its citation and the element below it when a reader asks for
        similar paragraphs.
        """
        self.cable = opened.cable
        self._with_year = opened.with_year
        self._show_similar = show_similar
        self._headings = ("h1", "h2") if alone else ("h2", "h3")
        self._paragraphs: dict[str, Element] = {}
        self._words: dict[str, Element] = {}
        self._places: dict[str, Element] = {}
        with node("article", classes="cable", aria_labelledby="reader-title"):
            self._head()
            with node("div", classes="body"):
                heading = None
                for paragraph in self.cable.paragraphs:
                    if paragraph.heading and paragraph.heading != heading:
                        node(self._headings[1], paragraph.heading, "heading", dir="auto")
                    heading = paragraph.heading
                    self._paragraph(paragraph, marks.get(str(paragraph.key), ()))
            self.end = node("div")

    def choose(self, key: str | None) -> None:
        """Highlight one paragraph as the one cited."""
        for other, element in self._paragraphs.items():
            set_attributes(element, data_chosen="true" if other == key else None)

    def mark(self, marks: Marks) -> None:
        """Mark these words and no others."""
        for paragraph in self.cable.paragraphs:
            key = str(paragraph.key)
            words = self._words[key]
            words.clear()
            with words:
                _words(paragraph, marks.get(key, ()))

    def _head(self) -> None:
        cable = self.cable
        with node("header", classes="letterhead"):
            with node("div", classes="eyebrow"):
                node(self._headings[0], cable.label(self._with_year), "label", id="reader-title", tabindex="-1")
                _marking(cable)
            if cable.subject:
                node("p", cable.subject, "subject", dir="auto")
            with node("dl", classes="fields"):
                for name, values in _fields(cable):
                    node("dt", name)
                    with node("dd", dir="auto"):
                        _values(values)
                if cable.references:
                    node("dt", "References")
                    with node("dd", classes="pills"):
                        for reference in cable.references:
                            node("a", reference, "pill", href=f"/read/{reference}")

    def _paragraph(self, paragraph: Paragraph, spans: Iterable[Span]) -> None:
        key = str(paragraph.key)
        citation = self.cable.citation(paragraph, self._with_year)
        with node("section", classes="paragraph", id=anchor(key), aria_label=citation) as section:
            self._paragraphs[key] = section
            with node("div", classes="margin"):
                node("a", "¶" if paragraph.number is None else f"¶{paragraph.number}", "number",
                     href=f"#{anchor(key)}", aria_label=f"Link to {citation}")  # fmt: skip
                if paragraph.effective_marking:
                    node("span", paragraph.marking or paragraph.effective_marking,
                         f"portion level-{level(paragraph.effective_marking)}",
                         title=f"Marked {paragraph.effective_marking}")  # fmt: skip
            with node("div", classes="words", dir="auto") as words:
                self._words[key] = words
                _words(paragraph, spans)
            with node("div", classes="aside"):
                copy = icon_button("link", f"Copy the link to {citation}")
                set_attributes(copy, data_path=permalink(key))
                copy.on("click", js_handler="(e) => cables.copyLink(e.currentTarget)")
                if self._show_similar is not None:
                    self._similar_button(key, citation)
            if self._show_similar is not None:
                self._places[key] = node("div", classes="below")

    def _similar_button(self, key: str, citation: str) -> None:
        def show() -> object:
            assert self._show_similar is not None  # noqa: S101 - without it there is no button
            return self._show_similar(key, citation, self._places[key])

        icon_button("like", f"More like {citation}", show)


def _words(paragraph: Paragraph, spans: Iterable[Span]) -> None:
    shown = readable(paragraph.text, paragraph.layout, spans)
    attributes = {"tabindex": "0", "role": "group", "aria_label": "Table"} if shown.table else {}
    with node("div", classes="table" if shown.table else "prose", **attributes):
        for piece in shown.pieces:
            node("mark" if piece.marked else "span", piece.text)


def _marking(cable: Cable) -> None:
    if cable.classification:
        words = " · ".join((cable.classification, *cable.caveats))
        node("span", words, f"classification level-{level(cable.classification)}")


def _fields(cable: Cable) -> Iterable[tuple[str, Sequence[str]]]:
    to = [recipient.name for recipient in cable.recipients if recipient.kind == "to"]
    info = [recipient.name for recipient in cable.recipients if recipient.kind != "to"]
    when = cable.date.strftime("%-d %B %Y, %H:%M UTC") if cable.date else ""
    fields = (
        ("Date", [when] if when else []),
        ("From", [cable.origin or cable.post]),
        ("To", to),
        ("Info", info),
        ("TAGS", cable.tags),
        ("Classified by", cable.classified_by),
        ("Declassify on", [cable.declassify_on.strftime("%-d %B %Y")] if cable.declassify_on else []),
        ("Signed", cable.signers),
        ("Source", [PurePath(cable.source).name] if cable.source else []),
    )
    return ((name, values) for name, values in fields if values)


def _values(values: Sequence[str]) -> None:
    if len(values) <= 4:
        node("span", ", ".join(values))
        return
    with node("details"):
        node("summary", f"{', '.join(values[:3])} and {len(values) - 3} more")
        node("span", ", ".join(values[3:]))
