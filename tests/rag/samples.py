"""Small invented cables for tests."""

from datetime import UTC, datetime

from rag.cable import Cable, Paragraph
from rag.cable_id import CableId
from rag.marking import effective_marking
from rag.paragraph_key import Locator, ParagraphKey
from rag.passage import Passage

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


def make_passage(key: str, text: str) -> Passage:
    """A retrieved paragraph of which only the key and the text matter."""
    cable_id = key.partition("#")[0]
    return Passage(key, key, cable_id, CableId.parse(cable_id).post, None, None, None, None, None, text, 1.0)
