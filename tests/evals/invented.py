"""Invented cables, questions and result rows for the tests of the harness."""

from datetime import UTC, datetime
from typing import Any

from evals.golden import Alternatives, GoldenQuestion
from evals.metrics import ScoredQuestion
from rag.domain.cable import Cable, Paragraph
from rag.domain.cable_id import CableId
from rag.domain.paragraph_key import ParagraphKey

HARBOUR = (
    "The harbour master of Ostermere told the Consul that forty cranes had been ordered from Quillhaven.",
    "The fishing fleet would lose its berths in the spring, and its guild had threatened to block the channel.",
    "Lighthouse keepers were promised new lamps before the winter storms, at the expense of the crown.",
)
ORCHARD = (
    "The Orchard Minister said that the pear tax would fall to three per cent after the harvest festival.",
    "Beekeepers <b>objected</b> to the tax, arguing that hives move between valleys with every season.",
)


def cable(cable_id: str, subject: str, texts: tuple[str, ...]) -> Cable:
    """A cable whose paragraphs are numbered from 1."""
    parsed = CableId.parse(cable_id)
    paragraphs = tuple(
        Paragraph(ParagraphKey.parse(f"{cable_id}#{number}"), text, text, "U", "U")
        for number, text in enumerate(texts, 1)
    )
    return Cable(
        parsed, parsed.post, paragraphs, date=datetime(2007, 3, 1, 12, tzinfo=UTC), classification="U", subject=subject
    )


CABLES = (
    cable("07OSTERMERE10", "HARBOUR WORKS", HARBOUR),
    cable("07QUILLHAVEN20", "PEAR TAX", ORCHARD),
)


def question(question_id: str, gold: Alternatives = (), facts: Alternatives = (), kind: str = "fact") -> GoldenQuestion:
    """A golden question about the cranes."""
    return GoldenQuestion(question_id, kind, "How many cranes did the harbour master order?", gold, facts, "Forty.")


def row(**fields: Any) -> dict[str, Any]:
    """A result row without citations, updated with these fields."""
    default = {
        "id": "q",
        "answer": "",
        "mode": "extractive",
        "sentences": [],
        "trace": {},
        "abstained": False,
        "reason": None,
        "citations": [],
        "retrieved": [],
        "timings_ms": {"retrieval": 20.0, "answer": 10.0, "total": 30.0},
    }
    return default | fields


def cited(key: str, citation: str, quote: str = "", start: int = 0) -> dict[str, Any]:
    """One citation of a result row."""
    return {"key": key, "citation": citation, "quote": quote, "start": start, "end": start + len(quote), "url": "/"}


def scored(values: dict[str, float], score: str = "recall@5") -> list[ScoredQuestion]:
    """Scored questions with one score, from values by id."""
    return [ScoredQuestion(name, "fact", "test", {score: value}, f"0{name}") for name, value in values.items()]
