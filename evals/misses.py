"""Misses: questions answered wrongly, with the evidence that was not found and what was retrieved instead."""

from collections.abc import Sequence
from dataclasses import dataclass

from evals.golden import GoldenQuestion
from evals.ranking import first_rank, places
from evals.run import Run
from rag.catalog.catalog import Catalog
from rag.text.sentences import opening

_SHOWN = 5
_NOT_RETRIEVED = 1000  # behind every rank
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
    """Questions that went wrong, the worst first.

    Worst is an answer although the archive does not say, then one with none of the expected facts, then a declined
    question that has an answer, then evidence outside the top 5: the more of it and the further down, the worse.
    """
    misses: list[tuple[tuple[float, ...], Miss]] = []
    for question, row, scored in zip(run.questions, run.rows, run.scored, strict=True):
        ranking = places(row["retrieved"])
        ranks = [first_rank(ranking, keys) or _NOT_RETRIEVED for keys in question.gold]
        outside = [(keys, rank) for keys, rank in zip(question.gold, ranks, strict=True) if rank > _SHOWN]
        problems = [_where(keys, rank) for keys, rank in outside]
        invented = not question.answerable and not row["abstained"]
        declined = question.answerable and row["abstained"]
        empty = not declined and scored.scores.get("fact_recall") == 0
        if invented:
            problems.append("answered although the archive does not say")
        if declined:
            problems.append(f"declined although the archive has the answer: {row['reason']}")
        if empty:
            problems.append("the answer states none of the expected facts")
        if problems:
            wanted = [key for alternatives, _ in outside for key in alternatives]
            candidates = _candidates(catalog, wanted), _candidates(catalog, row["retrieved"][:_SHOWN])
            badness = (invented, empty, declined, len(outside) / max(1, len(ranks)), max(ranks, default=0))
            misses.append((badness, Miss(question, tuple(problems), *candidates, row["answer"])))
    return [miss for _, miss in sorted(misses, key=lambda each: each[0], reverse=True)]


def _where(alternatives: Sequence[str], rank: int) -> str:
    place = "not retrieved" if rank == _NOT_RETRIEVED else f"at rank {rank}"
    return f"{' or '.join(alternatives)}: {place}"


def _candidates(catalog: Catalog, keys: Sequence[str]) -> tuple[MissedCandidate, ...]:
    texts = {key: paragraph.text for key, (_, paragraph) in catalog.paragraphs(keys).items()}
    return tuple(
        MissedCandidate(key, opening(texts[key], _CHARACTERS) if key in texts else "(no such paragraph in the archive)")
        for key in keys
    )
