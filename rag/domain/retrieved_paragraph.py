"""A paragraph as retrieval hands it on."""

from dataclasses import dataclass
from typing import Any

from rag.domain.cable import Cable, Paragraph
from rag.domain.cable_json import iso_utc
from rag.domain.span import Span


@dataclass(frozen=True, slots=True)
class RetrievedParagraph:
    """One paragraph found for a question, with its cable, whose other paragraphs are left out.

    `score` orders the paragraphs of one search and means nothing beyond it; `sentences` are the spans of
    `paragraph.text`; `with_year` is set where another cable of the archive has the same label.
    """

    cable: Cable
    paragraph: Paragraph
    score: float
    sentences: tuple[Span, ...] = ()
    with_year: bool = False

    @property
    def key(self) -> str:
        """The paragraph key."""
        return str(self.paragraph.key)

    @property
    def citation(self) -> str:
        """How a reader cites the paragraph."""
        return self.cable.citation(self.paragraph, self.with_year)

    @property
    def cable_id(self) -> str:
        """The cable id."""
        return str(self.cable.id)

    @property
    def post(self) -> str:
        """The name of the post, as printed."""
        return self.cable.post

    @property
    def date(self) -> str | None:
        """When the cable was sent, ISO 8601 UTC."""
        return iso_utc(self.cable.date)

    @property
    def subject(self) -> str | None:
        """The subject of the cable."""
        return self.cable.subject

    @property
    def heading(self) -> str | None:
        """The heading the paragraph stands under."""
        return self.paragraph.heading

    @property
    def effective_marking(self) -> str | None:
        """The marking that decides who may read the paragraph; None where it is unknown."""
        return self.paragraph.effective_marking

    @property
    def text(self) -> str:
        """The text of the paragraph."""
        return self.paragraph.text

    def json(self) -> dict[str, Any]:
        """The JSON object of one search result."""
        return {
            "key": self.key,
            "citation": self.citation,
            "cable_id": self.cable_id,
            "date": self.date,
            "subject": self.subject,
            "heading": self.heading,
            "marking": self.paragraph.marking,
            "text": self.text,
            "score": self.score,
        }


@dataclass(frozen=True, slots=True)
class QuotedSpan:
    """A sentence, or another stretch, of a retrieved paragraph."""

    paragraph: RetrievedParagraph
    span: Span

    @property
    def text(self) -> str:
        """The words themselves."""
        return self.span.of(self.paragraph.text)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A retrieved paragraph, and what a language model is shown of its text: the whole, or some of its sentences."""

    paragraph: RetrievedParagraph
    text: str
