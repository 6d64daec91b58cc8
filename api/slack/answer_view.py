"""What a Slack message shows of an `ask` object: its sentences, with one line for each source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rag.domain.answer import CLOSEST_PASSAGES
from rag.domain.answer_table import table_lines
from rag.domain.paragraph_key import cable_id_of

_ROWS = 10
"""Rows of a table that a message shows."""


@dataclass(frozen=True, slots=True)
class Source:
    """A paragraph the answer cites, or one that is closest where it abstains."""

    key: str
    citation: str
    date: str | None = None
    subject: str | None = None
    marking: str | None = None

    @property
    def line(self) -> str:
        """Label, date, subject and marking, as far as known."""
        marking = f"({self.marking})" if self.marking else None
        return " · ".join(part for part in (self.citation, self.date, self.subject, marking) if part)


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer to show. `statements` are the sentences with their citations; `notes` go in small print below."""

    question: str
    statements: tuple[str, ...]
    sources: tuple[Source, ...]
    notes: tuple[str, ...]
    abstained: bool
    page: str | None = None
    """Address of the web page, where a table is longer than what is shown."""


def cited_keys(answer: Mapping[str, Any]) -> list[str]:
    """The paragraph keys an answer points to, each once: those it cites, else those closest to the question."""
    cited = [citation["key"] for citation in answer["citations"]]
    return list(dict.fromkeys(cited or (answer["closest"][:3] if answer["abstained"] else [])))


def view_of(
    answer: Mapping[str, Any],
    cables: Mapping[str, Mapping[str, Any]],
    narrowed: bool = False,
    before: Sequence[str] = (),
    page: str | None = None,
) -> AnswerView:
    """The view of an `ask` object; `cables` are the `GET /cables/{id}` objects of its sources, by cable id.

    `narrowed` adds the note that paragraphs above UNCLASSIFIED were left out because of the channel; `before` goes
    above the answer. `page` is the address of the web page, for the rest of a table.
    """
    labels = {citation["key"]: citation["citation"] for citation in answer["citations"]}
    statements = tuple(
        statement(sentence["text"], [labels[key] for key in sentence["citations"] if key in labels])
        for sentence in answer["sentences"]
        if sentence["supported"]
    )
    if answer["abstained"] or not statements:
        reason = answer["reason"] or "The archive does not answer this."
        statements = (f"{CLOSEST_PASSAGES}: {reason}.", *statements) if statements else (reason,)
    table = answer.get("table")
    if table and table["rows"]:
        statements = (*statements, "\n".join(table_lines(table, _ROWS)))
    sources = tuple(source(key, labels.get(key), cables) for key in cited_keys(answer))
    notes = tuple(_notes(answer, narrowed))
    longer = bool(table and len(table["rows"]) > _ROWS)
    return AnswerView(
        answer["question"], (*before, *statements), sources, notes, bool(answer["abstained"]), page if longer else None
    )


def statement(text: str, citations: list[str]) -> str:
    """A sentence with its citations in square brackets."""
    return " ".join((text, *(f"[{citation}]" for citation in citations)))


def source(key: str, citation: str | None, cables: Mapping[str, Mapping[str, Any]]) -> Source:
    """The source line of a paragraph."""
    cable = cables.get(cable_id_of(key), {})
    paragraph: Mapping[str, Any] = next((item for item in cable.get("paragraphs", []) if item["key"] == key), {})
    return Source(
        key,
        citation or paragraph.get("citation") or key,
        (cable.get("date") or "")[:10] or None,
        cable.get("subject"),
        paragraph.get("effective_marking"),
    )


def _notes(answer: Mapping[str, Any], narrowed: bool) -> list[str]:
    notes = []
    withheld = sum(not sentence["supported"] for sentence in answer["sentences"])
    if withheld:
        noun = "sentence" if withheld == 1 else "sentences"
        notes.append(f"{withheld} {noun} withheld: the archive does not bear out what was said.")
    if conditions := ", ".join(f"{condition['field']} {condition['value']}" for condition in answer["filters"]):
        notes.append(f"Searched under: {conditions}.")
    if table := answer.get("table"):
        notes.append(f"Counted: {table['rule']}.")
    if answer["reason"] and not answer["abstained"]:
        notes.append(answer["reason"])
    if narrowed:
        notes.append("UNCLASSIFIED paragraphs only: people outside this workspace may read this conversation.")
    return notes
