"""One run of a golden set: every question asked, every answer scored."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from evals.golden import GoldenSet, Question
from evals.metrics import Scored, score_row
from rag.archive import Archive
from rag.asking import Ask
from rag.catalog import Catalog


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a golden set over one archive.

    `asked`, `rows` (each `{"id", ...ask object}`) and `scored` are in step. `skipped` are questions whose gold
    cables the archive lacks; `unknown` are gold keys that none of the archive's paragraphs has although the cable
    is there: the golden line or the parser is wrong, and the question is scored all the same.
    """

    name: str
    asked: tuple[Question, ...]
    rows: tuple[dict[str, Any], ...]
    scored: tuple[Scored, ...]
    skipped: tuple[Question, ...] = ()
    unknown: tuple[str, ...] = ()


def run(archive: Archive, golden: GoldenSet, progress: Callable[[int], None] = lambda done: None) -> Run:
    """Ask the archive every question it can answer; `progress` gets the number of questions done, one at a time."""
    asked, skipped = split(golden.questions, archive.catalog)
    archive.embeddings.embed_query("first")  # loading the model is no part of any question's time
    rows: list[dict[str, Any]] = []
    for question in asked:
        answer = archive.chain.invoke(Ask(question.question))
        rows.append({"id": question.id, **answer.json()})
        progress(1)
    scored = [
        score_row(row, question, cited_texts(archive.catalog, row)) for row, question in zip(rows, asked, strict=True)
    ]
    unknown = unknown_keys(asked, archive.catalog)
    return Run(golden.name, tuple(asked), tuple(rows), tuple(scored), tuple(skipped), unknown)


def split(questions: Iterable[Question], catalog: Catalog) -> tuple[list[Question], list[Question]]:
    """The questions to ask and those to skip because the archive lacks a cable their evidence is in."""
    held = frozenset(catalog.ids())
    asked: list[Question] = []
    skipped: list[Question] = []
    for question in questions:
        (asked if question.cables <= held else skipped).append(question)
    return asked, skipped


def unknown_keys(questions: Sequence[Question], catalog: Catalog) -> tuple[str, ...]:
    """Gold keys the archive has no paragraph for, sorted."""
    wanted = sorted({key for question in questions for key in question.keys})
    held = catalog.paragraphs(wanted)
    return tuple(key for key in wanted if key not in held)


def cited_texts(catalog: Catalog, row: dict[str, Any]) -> dict[str, str]:
    """The text of every cited paragraph the catalog has, by key."""
    found = catalog.paragraphs(list({each["key"] for each in row["citations"]}))
    return {key: paragraph.text for key, (_, paragraph) in found.items()}
