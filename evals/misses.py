"""Misses: questions answered wrongly, with the evidence that was not found and what was retrieved instead."""

from collections.abc import Sequence
from dataclasses import dataclass

from evals.golden import GoldenQuestion
from evals.ranking import first_rank, places
from evals.run import Run
from rag.catalog.catalog import Catalog
from rag.text.sentences import opening

_SHOWN = 5
_CHARACTERS = 240


@dataclass(frozen=True, slots=True)
class MissedCandidate:
    """A paragraph as a report shows it: key and how its text begins."""

    key: str
    begins: str


@dataclass(frozen=True, slots=True)
class Miss:
    """A question answered wrongly. `problems` are lines of plain text; `wanted` is the evidence not found."""

    question: GoldenQuestion
    problems: tuple[str, ...]
    wanted: tuple[MissedCandidate, ...]
    instead: tuple[MissedCandidate, ...]
    answer: str


def find_misses(run: Run, catalog: Catalog) -> list[Miss]:
    """Questions with evidence outside the top 5, declined although answerable, or answered although not."""
    misses: list[Miss] = []
    for question, row in zip(run.questions, run.rows, strict=True):
        ranking = places(row["retrieved"])
        outside = [keys for keys in question.gold if (first_rank(ranking, keys) or _SHOWN + 1) > _SHOWN]
        problems = [_where(keys, first_rank(ranking, keys)) for keys in outside]
        if question.answerable and row["abstained"]:
            problems.append(f"declined although the archive has the answer: {row['reason']}")
        if not question.answerable and not row["abstained"]:
            problems.append("answered although the archive does not say")
        if problems:
            wanted = [key for alternatives in outside for key in alternatives]
            candidates = _candidates(catalog, wanted), _candidates(catalog, row["retrieved"][:_SHOWN])
            misses.append(Miss(question, tuple(problems), *candidates, row["answer"]))
    return misses


def _where(alternatives: Sequence[str], rank: int | None) -> str:
    place = "not retrieved" if rank is None else f"at rank {rank}"
    return f"{' or '.join(alternatives)}: {place}"


def _candidates(catalog: Catalog, keys: Sequence[str]) -> tuple[MissedCandidate, ...]:
    texts = {key: paragraph.text for key, (_, paragraph) in catalog.paragraphs(keys).items()}
    return tuple(
        MissedCandidate(key, opening(texts[key], _CHARACTERS) if key in texts else "(no such paragraph in the archive)")
        for key in keys
    )
