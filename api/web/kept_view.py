"""A kept answer as its page shows it, and what differs where it was asked again."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from api.web.asked import Asked
from api.web.cable_view import marked, permalink
from api.web.chosen_filters import ChosenFilters
from api.web.conditions import condition_labels
from api.web.turn_view import TableView, table_view, verdict_of
from rag.domain.access import Clearance
from rag.domain.answer import Answer, Sentence
from rag.domain.answer_difference import AnswerDifference
from rag.domain.kept_answer import KeptAnswer, ReopenedAnswer, SourceStatus
from rag.domain.paragraph_key import locator_of

_ERASED = "A question that was erased"
_STANDING: dict[SourceStatus, str] = {
    "unchanged": "as they were",
    "changed": "changed since",
    "gone": "not in the archive any more, or not for you",
}


@dataclass(frozen=True, slots=True)
class KeptSource:
    """What an answer cites: `path` opens it, empty where it is gone; `quotes` are the words as they were."""

    citation: str
    status: SourceStatus
    path: str
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptSentence:
    """A sentence and its sources."""

    text: str
    sources: tuple[KeptSource, ...]


@dataclass(frozen=True, slots=True)
class KeptView:
    """A kept answer; `typed` is the question as it was typed where that is another, `ask` its address on the page."""

    id: str
    question: str
    typed: str
    kept: str
    by: str
    note: str
    ask: str
    conditions: tuple[str, ...]
    verdict: str
    reason: str
    sentences: tuple[KeptSentence, ...]
    withheld: int
    sources: tuple[KeptSource, ...]
    table: TableView | None
    standing: str
    made: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """What an answer says that the one before did not, what it says no more, and what it says still."""

    summary: str
    verdict: str
    added: tuple[KeptSentence, ...]
    removed: tuple[KeptSentence, ...]
    same: tuple[KeptSentence, ...]
    cited: tuple[KeptSource, ...]
    dropped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A kept answer in the list."""

    id: str
    question: str
    note: str
    day: str
    by: str


def kept_row(kept: KeptAnswer, reader: Clearance) -> KeptRow:
    """A kept answer for the list of this reader."""
    listed = kept.listed(reader)
    return KeptRow(listed["id"], listed["question"] or _ERASED, listed["note"], listed["kept"][:10], listed["by"])


def kept_view(opened: ReopenedAnswer) -> KeptView:
    """A kept answer as its reader may see it now."""
    kept, answer = opened.kept, opened.answer
    asked = kept.asked
    sources = {key: _source(answer, key, status) for key, status in opened.statuses.items()}
    question = answer.question or asked.question
    return KeptView(
        id=str(kept.answer.id),
        question=question or _ERASED,
        typed=asked.question if asked.question.casefold() != question.casefold() else "",
        kept=_moment(kept.kept),
        by=kept.by,
        note=kept.note,
        ask=Asked(question, ChosenFilters(asked.filters), asked.dismissed).address("/") if question else "",
        conditions=tuple(label for label, _ in condition_labels(answer.filters)),
        verdict=verdict_of(answer),
        reason=answer.reason or "",
        sentences=tuple(_sentence(each, sources) for each in answer.sentences if each.supported),
        withheld=opened.withheld,
        sources=tuple(sources.values()),
        table=table_view(answer.table) if answer.table is not None and answer.table.rows else None,
        standing=_standing(Counter(opened.statuses.values())),
        made=tuple(_made(answer.trace)),
    )


def difference_view(opened: ReopenedAnswer, after: Answer) -> DifferenceView:
    """The difference between a kept answer and the one of today."""
    found = AnswerDifference.between(opened.answer, after)
    now = {key: _source(after, key, "unchanged") for key in after.cited}
    was = {key: _source(opened.answer, key, status) for key, status in opened.statuses.items()}
    changed = len(found.added) + len(found.removed)
    return DifferenceView(
        summary=f"{len(found.added)} new, {len(found.removed)} no longer there, {len(found.same)} the same"
        if changed
        else "The answer is the same, sentence by sentence.",
        verdict=verdict_of(after),
        added=tuple(_sentence(each, now) for each in found.added),
        removed=tuple(_sentence(each, was) for each in found.removed),
        same=tuple(_sentence(each, now) for each in found.same),
        cited=tuple(now[key] for key, _ in found.citations_added),
        dropped=tuple(citation for _, citation in found.citations_removed),
    )


def _sentence(sentence: Sentence, sources: dict[str, KeptSource]) -> KeptSentence:
    return KeptSentence(sentence.text, tuple(sources[key] for key in sentence.citations if key in sources))


def _source(answer: Answer, key: str, status: SourceStatus) -> KeptSource:
    quotes = [quote for quote in answer.quotes if quote.key == key]
    marks = [marked(key, (quote.start, quote.end)) for quote in quotes if quote.quote and locator_of(key)]
    path = "" if status == "gone" else permalink(key, marks if status == "unchanged" else ())
    citation = quotes[0].citation if quotes else key
    return KeptSource(citation, status, path, tuple(quote.quote for quote in quotes if quote.quote))


def _standing(counts: Counter[SourceStatus]) -> str:
    """What became of the sources, in words."""
    total = counts.total()
    if not total:
        return "It cites nothing."
    if counts["unchanged"] == total:
        return "Its source is as it was." if total == 1 else f"All of its {total} sources are as they were."
    parts = [f"{counts[status]} {words}" for status, words in _STANDING.items() if counts[status]]
    return f"Of {total} source{'' if total == 1 else 's'}: {', '.join(parts)}."


def _made(trace: dict[str, Any]) -> list[tuple[str, str]]:
    index = trace.get("index") or {}
    facts = (
        ("Language model", trace.get("model") or "none: the sentences are quoted from the archive"),
        ("Prompt", trace.get("prompt_hash")),
        ("Index", ", ".join(f"{name} {value}" for name, value in index.items() if value)),
    )
    return [(name, str(value)) for name, value in facts if value]


def _moment(moment: datetime) -> str:
    return f"{moment:%-d %B %Y, %H:%M} UTC"
