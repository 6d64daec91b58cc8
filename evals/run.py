"""A run of a golden set: every question asked and every answer scored."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from evals.golden import GoldenQuestion, GoldenSet
from evals.metrics import ScoredQuestion, score_row
from rag.archive import Archive
from rag.catalog.catalog import Catalog
from rag.query.conversation import Turn
from rag.query.query import Query


@dataclass(frozen=True, slots=True)
class Run:
    """The results of a golden set over one archive.

    `questions`, `rows` (each `{"id", ...ask object}`) and `scored` are parallel. `skipped` are questions whose gold
    cables the archive lacks. `unknown_keys` are gold keys without a paragraph although their cable is in the archive:
    the golden line or the parser is wrong, and the question is scored all the same.
    """

    name: str
    questions: tuple[GoldenQuestion, ...]
    rows: tuple[dict[str, Any], ...]
    scored: tuple[ScoredQuestion, ...]
    skipped: tuple[GoldenQuestion, ...] = ()
    unknown_keys: tuple[str, ...] = ()


def run_golden_set(archive: Archive, golden: GoldenSet, progress: Callable[[int], None] = lambda done: None) -> Run:
    """Ask every question whose cables the archive has; `progress` is called with 1 after each."""
    questions, skipped = split(golden.questions, archive.catalog)
    archive.embeddings.embed_query("first")  # loads the model, which must not count as time of the first question
    rows: list[dict[str, Any]] = []
    for question in questions:
        turns = tuple(Turn("user", text) for text in question.history)
        answer = archive.chain.invoke(Query(question.question, turns=turns))
        rows.append({"id": question.id, **answer.json()})
        progress(1)
    scored = [
        score_row(row, question, cited_texts(archive.catalog, row))
        for row, question in zip(rows, questions, strict=True)
    ]
    unknown = unknown_keys(questions, archive.catalog)
    return Run(golden.name, tuple(questions), tuple(rows), tuple(scored), tuple(skipped), unknown)


def split(questions: Iterable[GoldenQuestion], catalog: Catalog) -> tuple[list[GoldenQuestion], list[GoldenQuestion]]:
    """The questions to ask, and those to skip because the archive lacks a cable of their evidence."""
    ids = frozenset(catalog.ids())
    askable: list[GoldenQuestion] = []
    skipped: list[GoldenQuestion] = []
    for question in questions:
        (askable if question.cables <= ids else skipped).append(question)
    return askable, skipped


def unknown_keys(questions: Sequence[GoldenQuestion], catalog: Catalog) -> tuple[str, ...]:
    """Gold keys the archive has no paragraph for, sorted."""
    keys = sorted({key for question in questions for key in question.keys})
    paragraphs = catalog.paragraphs(keys)
    return tuple(key for key in keys if key not in paragraphs)


def cited_texts(catalog: Catalog, row: dict[str, Any]) -> dict[str, str]:
    """The text of every cited paragraph the catalog has, by key."""
    cited = catalog.paragraphs(list({citation["key"] for citation in row["citations"]}))
    return {key: paragraph.text for key, (_, paragraph) in cited.items()}
