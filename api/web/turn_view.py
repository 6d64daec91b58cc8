"""A question with its answer as the pages show it."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.web.asked import Asked
from api.web.cable_view import cite_path, marked, permalink
from api.web.conditions import condition_labels
from api.web.export import answer_markdown
from api.web.history import RememberedTurn, state_of
from rag.domain.answer import CLOSEST_PASSAGES, NOT_ANSWERED, Answer, Sentence
from rag.domain.answer_table import CABLE, PARAGRAPH, AnswerTable, Cell
from rag.domain.paragraph_key import cable_id_of, locator_of
from rag.domain.retrieved_paragraph import RetrievedParagraph

_MOST_ROWS = 100
_HIDDEN = "citation"  # a column that another one shows


@dataclass(frozen=True, slots=True)
class Pill:
    """A link to what is cited, and where it is cited in every style; `key` is empty where it is a whole cable."""

    key: str
    href: str
    citation: str
    text: str
    cite: str


@dataclass(frozen=True, slots=True)
class CitedCable:
    """What a sentence or an answer cites of one cable; `day` such as `2008-08-28`, or empty."""

    subject: str
    day: str
    pills: tuple[Pill, ...]


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence with what it cites; one without support is shown as withheld, with what its sources lack."""

    text: str
    supported: bool
    missing: str
    cables: tuple[CitedCable, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """The first rows of an answer's table: each cell with its column's name and, where it has one, its link."""

    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[str, str, str | None], ...], ...]
    note: str


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """An answer as shown."""

    answer: Answer
    understood: str
    conditions: tuple[tuple[str, str], ...]
    """Labels, each with the address of the same question without that condition."""
    sentences: tuple[SentenceView, ...]
    verdict: str
    sources: tuple[CitedCable, ...]
    table: TableView | None
    provenance: tuple[str, ...]
    state: str
    markdown: str
    sealed: str
    """The answer as `AnswerSeals` sealed it, by which it is kept; or empty."""
    is_lost: bool
    """Whether it is an earlier answer that is not shown again."""


@dataclass(frozen=True, slots=True)
class TurnView:
    """A question, and its answer or the reason for having none; without either, the answer is awaited."""

    asked: Asked
    answer: ShownAnswer | None = None
    failure: str = ""
    id: str = ""

    @classmethod
    def begun(cls, asked: Asked) -> "TurnView":
        """One whose answer is awaited."""
        return cls(asked, id=secrets.token_hex(4))


def answered_turn(turn: RememberedTurn, sources: Sequence[RetrievedParagraph], origin: str) -> TurnView:
    """A question with its answer; `sources` are the paragraphs it cites, or the closest. `origin` is for export."""
    asked, answer = turn.asked, turn.answer
    citing = Citing(sources, answer)
    labels = condition_labels(answer.filters)
    shown = ShownAnswer(
        answer=answer,
        understood=answer.question if answer.question.casefold() != asked.question.casefold() else "",
        conditions=tuple((label, asked.widened(fields).address("/")) for label, fields in labels),
        sentences=tuple(citing.sentence(sentence) for sentence in answer.sentences),
        verdict="Not shown again." if turn.is_lost else verdict_of(answer),
        sources=citing.cables([passage.key for passage in sources]),
        table=table_view(answer.table) if answer.table is not None and answer.table.rows else None,
        provenance=tuple(_provenance(answer)),
        state=state_of(asked, answer, turn.sealed),
        markdown=answer_markdown(answer, origin),
        sealed=turn.sealed,
        is_lost=turn.is_lost,
    )
    return TurnView(asked, shown, id=secrets.token_hex(4))


class Citing:
    """Turns keys into links, grouped by cable."""

    def __init__(self, passages: Sequence[RetrievedParagraph], answer: Answer | None = None) -> None:
        """With the answer, links mark the words it quotes."""
        self._passages = {passage.key: passage for passage in passages}
        quotes = answer.quotes if answer else ()
        self._whole = {quote.key: quote.citation for quote in quotes if not locator_of(quote.key)}
        self._marks: dict[str, list[str]] = {}
        for quote in quotes:
            if locator_of(quote.key):
                self._marks.setdefault(cable_id_of(quote.key), []).append(marked(quote.key, (quote.start, quote.end)))

    def sentence(self, sentence: Sentence) -> SentenceView:
        """A sentence with its links; keys that are not known are left out."""
        return SentenceView(
            sentence.text, sentence.supported, "; ".join(sentence.missing), self.cables(sentence.citations)
        )

    def cables(self, keys: Sequence[str]) -> tuple[CitedCable, ...]:
        """What these keys name, a cable at a time, in the order of their first mention."""
        grouped: dict[str, list[str]] = {}
        for key in dict.fromkeys(keys):
            if key in self._passages or key in self._whole:
                grouped.setdefault(cable_id_of(key), []).append(key)
        return tuple(self._cable(cable_id, group) for cable_id, group in grouped.items())

    def _cable(self, cable_id: str, keys: Sequence[str]) -> CitedCable:
        first = self._passages.get(keys[0])
        pills = tuple(self._pill(key, number == 0) for number, key in enumerate(keys))
        if first is None:
            return CitedCable(self._whole[keys[0]], "", pills)
        return CitedCable(first.subject or cable_id, (first.date or "undated")[:10], pills)

    def _pill(self, key: str, first: bool) -> Pill:
        passage = self._passages.get(key)
        if passage is None:
            return Pill("", permalink(key), self._whole[key], self._whole[key], cite_path(key))
        label = passage.cable.label(passage.with_year)
        text = passage.citation if first else passage.citation.removeprefix(label).strip()
        href = permalink(key, self._marks.get(passage.cable_id, ()))
        return Pill(key, href, passage.citation, text, cite_path(key))


def table_view(table: AnswerTable) -> TableView:
    """The first rows, cables and paragraphs as links, with the rule."""
    shown = [index for index, name in enumerate(table.columns) if name != _HIDDEN]
    rows = tuple(
        tuple(_cell(dict(zip(table.columns, row, strict=True)), table.columns[index]) for index in shown)
        for row in table.rows[:_MOST_ROWS]
    )
    more = len(table.rows) - _MOST_ROWS
    rest = f"{more:,} more rows; export them as CSV. " if more > 0 else ""
    whole = "" if table.complete else "This may not be all of them. "
    return TableView(tuple(table.columns[index] for index in shown), rows, f"{rest}{whole}Counted: {table.rule}.")


def verdict_of(answer: Answer) -> str:
    """What heads an answer that abstains, or nothing."""
    if not answer.abstained:
        return ""
    return CLOSEST_PASSAGES if answer.text else "The archive does not say."


def _cell(row: Mapping[str, Cell], name: str) -> tuple[str, str, str | None]:
    cell = row[name]
    text = "" if cell is None else f"{cell:,}" if isinstance(cell, int) else cell
    if not text or name not in (CABLE, PARAGRAPH):
        return name, text, None
    label = str(row.get(_HIDDEN, text)) if name == PARAGRAPH else text
    return name, label, permalink(text)


def _provenance(answer: Answer) -> list[str]:
    origin = _quoted(answer) if answer.mode == "extractive" else f"Written by {answer.trace.get('model')}"
    parts = [origin] if any(quote.quote for quote in answer.quotes) else []
    if "paragraphs" in answer.searched:
        parts.append(f"searched {answer.searched['paragraphs']:,} paragraphs of {answer.searched['cables']:,} cables")
    if answer.timings_ms.get("total"):
        parts.append(f"{answer.timings_ms['total'] / 1000:.1f} s")
    reason = answer.reason if answer.reason and not answer.abstained else ""
    if answer.unanswered:  # which stand below the answer
        reason = reason.partition(NOT_ANSWERED)[0].rstrip("; ")
    return [f"{text[:1].upper()}{text[1:]}" for text in (" · ".join(parts), reason) if text]


def _quoted(answer: Answer) -> str:
    quotes = {quote.quote for quote in answer.quotes}
    if all(sentence.text in quotes for sentence in answer.sentences):
        return "Quoted word for word"
    return "Quoted, with names and dates added in brackets and comments marked"
