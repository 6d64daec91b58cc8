"""The domain's nouns: a cable and its paragraphs."""

from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 - a field is called date
from datetime import datetime

from rag.domain.cable_id import CableId
from rag.domain.citation import cable_label, cite
from rag.domain.paragraph_key import Locator, ParagraphKey


@dataclass(frozen=True, slots=True)
class Recipient:
    """An addressee. `kind` is `to` or `info`; `precedence` such as IMMEDIATE, or None."""

    kind: str
    name: str
    precedence: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One citable unit: a numbered paragraph, or a part of a cable that numbers nothing.

    `marking` is the portion marking as printed (without parentheses) or None; `effective_marking` is the short
    form that decides who may read it, or None where unknown. `text` is the paragraph without number and marking,
    lines folded; `layout` is the same with line breaks, bullets and tables kept.
    """

    key: ParagraphKey
    text: str
    layout: str
    marking: str | None = None
    effective_marking: str | None = None
    heading: str | None = None
    heading_marking: str | None = None

    @property
    def number(self) -> int | None:
        """The printed number, or None where none is printed."""
        return self.key.locator.printed_number


@dataclass(frozen=True, slots=True)
class Cable:
    """A telegram with its fields and paragraphs. `post` is the name as printed (`NEW DELHI`); `date` is UTC-aware.

    `variants` are the other files that hold it, `duplicates` the ids of cables with near-identical text; only an
    archive fills them in.
    """

    id: CableId
    post: str
    paragraphs: tuple[Paragraph, ...]
    date: datetime | None = None
    dtg: str | None = None
    classification: str | None = None
    caveats: tuple[str, ...] = ()
    declassify_on: Day | None = None
    origin: str | None = None
    subject: str | None = None
    subject_marking: str | None = None
    tags: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    classified_by: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    summary: Locator | None = None
    source: str = ""
    variants: tuple[str, ...] = ()
    duplicates: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    def label(self, with_year: bool = False) -> str:
        """How a reader writes this cable; the archive decides whether the year is needed."""
        return cable_label(self.post, self.id, with_year)

    def citation(self, paragraph: Paragraph, with_year: bool = False) -> str:
        """How a reader cites this paragraph."""
        return cite(self.label(with_year), paragraph.key.locator)

    @property
    def summary_key(self) -> str | None:
        """Key of the paragraph that holds the summary, or None."""
        return None if self.summary is None else str(ParagraphKey(self.id, self.summary))
