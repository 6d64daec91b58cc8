"""Cables and paragraphs from their rows in the catalog."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from rag.domain.cable import Cable, Paragraph, Recipient
from rag.domain.cable_id import CableId
from rag.domain.paragraph_key import ParagraphKey


def cable_from_record(fields: dict[str, Any], paragraphs: Sequence[Paragraph]) -> Cable:
    """The cable of a catalog record (its `cable_json` without paragraphs) with these paragraphs."""
    return Cable(
        id=CableId.parse(fields["id"]),
        post=fields["post"],
        paragraphs=tuple(paragraphs),
        date=datetime.fromisoformat(fields["date"]) if fields["date"] else None,
        dtg=fields["dtg"],
        classification=fields["classification"],
        caveats=tuple(fields["caveats"]),
        declassify_on=date.fromisoformat(fields["declassify_on"]) if fields["declassify_on"] else None,
        origin=fields["origin"],
        subject=fields["subject"],
        subject_marking=fields["subject_marking"],
        tags=tuple(fields["tags"]),
        references=tuple(fields["references"]),
        classified_by=tuple(fields["classified_by"]),
        signers=tuple(fields["signers"]),
        recipients=tuple(Recipient(**recipient) for recipient in fields["recipients"]),
        summary=ParagraphKey.parse(fields["summary_key"]).locator if fields["summary_key"] else None,
        source=fields["source"],
        variants=tuple(fields["variants"]),
        problems=tuple(fields["problems"]),
    )


def paragraph_from_row(row: Any) -> Paragraph:
    """The paragraph of a row of the catalog's `paragraphs` table."""
    return Paragraph(
        key=ParagraphKey.parse(row.key),
        text=row.text,
        layout=row.layout,
        marking=row.marking,
        effective_marking=row.effective_marking,
        heading=row.heading,
        heading_marking=row.heading_marking,
    )
