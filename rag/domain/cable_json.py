"""The JSON object of a cable, as `cables parse` prints it and `GET /cables/{id}` returns it."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from rag.domain.cable import Cable, Paragraph

JsonObject = dict[str, Any]


def cable_json(cable: Cable, with_year: bool = False) -> JsonObject:
    """All fields of a cable with its paragraphs; `with_year` where its label needs the year."""
    return {
        "id": str(cable.id),
        "label": cable.label(with_year),
        "post": cable.post,
        "date": iso_utc(cable.date),
        "dtg": cable.dtg,
        "classification": cable.classification,
        "caveats": list(cable.caveats),
        "declassify_on": cable.declassify_on.isoformat() if cable.declassify_on else None,
        "origin": cable.origin,
        "subject": cable.subject,
        "subject_marking": cable.subject_marking,
        "tags": list(cable.tags),
        "references": list(cable.references),
        "classified_by": list(cable.classified_by),
        "signers": list(cable.signers),
        "recipients": [asdict(recipient) for recipient in cable.recipients],
        "summary_key": cable.summary_key,
        "source": cable.source,
        "variants": list(cable.variants),
        "duplicates": list(cable.duplicates),
        "paragraphs": [paragraph_json(cable, paragraph, with_year) for paragraph in cable.paragraphs],
        "problems": list(cable.problems),
    }


def paragraph_json(cable: Cable, paragraph: Paragraph, with_year: bool = False) -> JsonObject:
    """One paragraph with its key and citation."""
    return {
        "key": str(paragraph.key),
        "citation": cable.citation(paragraph, with_year),
        "number": paragraph.number,
        "marking": paragraph.marking,
        "effective_marking": paragraph.effective_marking,
        "heading": paragraph.heading,
        "text": paragraph.text,
        "layout": paragraph.layout,
    }


def iso_utc(moment: datetime | None) -> str | None:
    """ISO 8601 in UTC with a `Z`, to the second."""
    return None if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
