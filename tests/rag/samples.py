"""Small invented cables for tests."""

from dataclasses import replace
from datetime import UTC, datetime

from rag.domain.cable import Cable, Paragraph
from rag.domain.cable_id import CableId
from rag.domain.marking import effective_marking
from rag.domain.paragraph_key import Locator, ParagraphKey
from rag.domain.retrieved_paragraph import RetrievedParagraph
from rag.text.sentences import sentence_spans

Text = str | tuple[str, str]


def make_cable(
    cable_id: str,
    *texts: Text,
    subject: str | None = "A MATTER OF LIGHTHOUSES",
    classification: str | None = "CONFIDENTIAL",
    tags: tuple[str, ...] = ("PREL",),
    references: tuple[str, ...] = (),
    source: str = "invented.txt",
    day: datetime | None = datetime(2008, 8, 28, 13, 37, tzinfo=UTC),
) -> Cable:
    """A cable whose paragraphs are numbered from 1; a text may be (marking, text)."""
    key = CableId.parse(cable_id)
    paragraphs = []
    for number, each in enumerate(texts, 1):
        marking, text = ("C", each) if isinstance(each, str) else each
        paragraphs.append(
            Paragraph(
                key=ParagraphKey(key, Locator(number)),
                text=text,
                layout=text,
                marking=marking,
                effective_marking=effective_marking(marking, classification),
            )
        )
    return Cable(
        id=key,
        post=key.post,
        paragraphs=tuple(paragraphs),
        date=day,
        classification=classification,
        subject=subject,
        tags=tags,
        references=references,
        summary=Locator(1),
        source=source,
    )


def make_retrieved(
    key: str, text: str, marking: str | None = None, day: datetime | None = None, heading: str | None = None
) -> RetrievedParagraph:
    """A retrieved paragraph of a cable without a subject."""
    parsed = ParagraphKey.parse(key)
    paragraph = Paragraph(parsed, text, text, marking, marking, heading)
    cable = Cable(parsed.cable, parsed.cable.post, (paragraph,), day)
    return RetrievedParagraph(cable, paragraph, 1.0, tuple(sentence_spans(text)))


def with_text(retrieved: RetrievedParagraph, text: str) -> RetrievedParagraph:
    """The same paragraph of the same cable with another text."""
    paragraph = replace(retrieved.paragraph, text=text)
    return replace(retrieved, paragraph=paragraph, sentences=tuple(sentence_spans(text)))
