"""What went wrong, question by question: the evidence that was not found, and what was shown instead."""

from collections.abc import Sequence
from dataclasses import dataclass

from evals.golden import Question
from evals.ranking import first_rank, places
from evals.run import Run
from rag.catalog import Catalog

_SHOWN = 5
_CHARACTERS = 240


@dataclass(frozen=True, slots=True)
class Seen:
    """A paragraph as a report shows it: key and how its text begins."""

    key: str
    begins: str


@dataclass(frozen=True, slots=True)
class Miss:
    """One question gone wrong. `problems` are lines of plain text; `wanted` is the evidence that was not found."""

    question: Question
    problems: tuple[str, ...]
    wanted: tuple[Seen, ...]
    instead: tuple[Seen, ...]
    answer: str


def misses(run: Run, catalog: Catalog) -> list[Miss]:
    """Questions with evidence outside the top 5, declined although answerable, or answered although not."""
    found: list[Miss] = []
    for question, row in zip(run.asked, run.rows, strict=True):
        ranking = places(row["retrieved"])
        outside = [each for each in question.gold if (first_rank(ranking, each) or _SHOWN + 1) > _SHOWN]
        problems = [_where(each, first_rank(ranking, each)) for each in outside]
        if question.answerable and row["abstained"]:
            problems.append(f"declined although the archive has the answer: {row['reason']}")
        if not question.answerable and not row["abstained"]:
            problems.append("answered although the archive does not say")
        if problems:
            wanted = [key for alternatives in outside for key in alternatives]
            instead = row["retrieved"][:_SHOWN]
            found.append(
                Miss(question, tuple(problems), _seen(catalog, wanted), _seen(catalog, instead), row["answer"])
            )
    return found


def _where(alternatives: Sequence[str], rank: int | None) -> str:
    place = "not retrieved" if rank is None else f"at rank {rank}"
    return f"{' or '.join(alternatives)}: {place}"


def _seen(catalog: Catalog, keys: Sequence[str]) -> tuple[Seen, ...]:
    held = catalog.paragraphs(keys)
    return tuple(
        Seen(key, _begin(held[key][1].text) if key in held else "(no such paragraph in the archive)") for key in keys
    )


def _begin(text: str) -> str:
    return text if len(text) <= _CHARACTERS else text[:_CHARACTERS].rsplit(" ", 1)[0] + " …"
