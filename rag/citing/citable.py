"""What a citation of a cable or of one of its paragraphs says."""

from dataclasses import dataclass
from datetime import UTC, date
from typing import TYPE_CHECKING

from rag.citing.institution import institution
from rag.domain.marking import effective_marking, marking_in_words
from rag.domain.paragraph_key import Locator
from rag.domain.reader_url import reader_url

if TYPE_CHECKING:
    from rag.catalog.lookup import OpenedCitation


@dataclass(frozen=True, slots=True)
class Holding:
    """Where readers find the cables: the name of the archive and the address of the service, each if it is set."""

    archive: str | None = None
    public_url: str | None = None


@dataclass(frozen=True, slots=True)
class Citable:
    """A cable, or one paragraph of it, with everything that lets its citation stand alone.

    `key` is the cable's id or the paragraph's key, `number` always the cable's id. `subject` is None where the reader
    may not see it, `marking` in words ("Secret/NOFORN") and None where unknown.
    """

    key: str
    number: str
    author: str
    subject: str | None
    date: date | None
    marking: str | None
    locator: Locator | None
    archive: str | None
    url: str | None

    @classmethod
    def of(cls, opened: "OpenedCitation", holding: Holding) -> "Citable":
        """What a citation of the opened cable or paragraph says, to the reader it was opened for."""
        cable, paragraph = opened.cable, opened.paragraph
        marking = paragraph.effective_marking if paragraph else None
        if paragraph is None:
            marking = effective_marking(None, cable.classification, cable.caveats)
        return cls(
            key=opened.key,
            number=str(cable.id),
            author=_one_line(institution(cable)),
            subject=_one_line(cable.subject or "").rstrip(".") or None,
            date=cable.date.astimezone(UTC).date() if cable.date else None,
            marking=marking_in_words(marking),
            locator=paragraph.key.locator if paragraph else None,
            archive=holding.archive,
            url=reader_url(holding.public_url, opened.key) if holding.public_url else None,
        )

    @property
    def genre(self) -> str:
        """What kind of text it is, with its marking: "confidential cable"."""
        if self.marking is None:
            return "cable"
        level, slash, caveats = self.marking.partition("/")
        return f"{level.lower()}{slash}{caveats} cable"

    @property
    def place(self) -> str | None:
        """The paragraph in words: "¶ 3", "¶ 5 (2nd)", "preamble", "unnumbered, 2nd paragraph"; None for a cable."""
        return None if self.locator is None else self.locator.in_words


def _one_line(text: str) -> str:
    """The text of a cable, which is untrusted, without line breaks and control characters."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())
