"""Runs in files. A baseline holds ids, hashes and scores alone; a run for oneself holds the answers too."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evals.golden import half
from evals.jsonl import json_lines, read_json_lines, write_json_lines
from evals.metrics import ScoredQuestion
from evals.run import Run
from rag.errors import BadInput

BASELINE_RUNS = Path(__file__).with_name("baseline_runs")
"""The baselines of the bundled golden sets, `NAME.jsonl` each."""


@dataclass(frozen=True, slots=True)
class StoredRun:
    """An earlier run; `answers` holds what it answered, by id of the question, where its file says so."""

    name: str
    scored: tuple[ScoredQuestion, ...]
    answers: Mapping[str, str] = field(default_factory=dict)


def save_run(path: Path, scored: Iterable[ScoredQuestion]) -> None:
    """Write one line a question: `{"id", "type", "hash", "metrics": {name: value}}`.

    Raises:
        BadInput: the file cannot be written.
    """
    write_json_lines(path, ({"id": question.id, **_scores(question)} for question in scored))


def save_answers(path: Path, runs: Iterable[Run]) -> None:
    """Write the same with each question's `ask` object.

    Raises:
        BadInput: the file cannot be written.
    """
    pairs = (pair for run in runs for pair in zip(run.rows, run.scored, strict=True))
    write_json_lines(path, ({**row, **_scores(question)} for row, question in pairs))


def load_run(path: Path) -> StoredRun:
    """A run from its file; unknown metrics are kept.

    Raises:
        BadInput: the file cannot be read, or a line is not one of a stored run; the message names the line.
    """
    return _stored(path.stem, read_json_lines(path))


def parse_run(name: str, text: str) -> StoredRun:
    """A run from the text of its file.

    Raises:
        BadInput: a line is not one of a stored run; the message names the line.
    """
    return _stored(name, json_lines(name, text))


def shown_answer(row: Mapping[str, Any]) -> str:
    """An `ask` object as one text: the answer, or that it was declined and why."""
    return f"Declined: {row.get('reason') or 'no reason given'}" if row.get("abstained") else str(row["answer"])


def _scores(question: ScoredQuestion) -> dict[str, Any]:
    metrics = {name: round(value, 6) for name, value in question.scores.items()}
    return {"type": question.type, "hash": question.digest, "metrics": metrics}


def _stored(name: str, lines: Iterable[tuple[str, dict[str, Any]]]) -> StoredRun:
    stored: dict[str, ScoredQuestion] = {}
    answers: dict[str, str] = {}
    for where, fields in lines:
        question = _question(where, fields)
        if question.id in stored:
            raise BadInput(f"{where}: the id {question.id!r} occurs twice")
        stored[question.id] = question
        if "answer" in fields:
            answers[question.id] = shown_answer(fields)
    return StoredRun(name, tuple(stored.values()), answers)


def _question(where: str, fields: Mapping[str, Any]) -> ScoredQuestion:
    question_id, digest, metrics = (fields.get(name) for name in ("id", "hash", "metrics"))
    if not isinstance(question_id, str) or not isinstance(metrics, dict):
        raise BadInput(
            f"{where}: not a line of a stored run (it needs id, hash and metrics); `cables eval --out FILE` writes one"
        )
    if not isinstance(digest, str) or not digest:
        raise BadInput(
            f"{where}: no hash of the question, so nobody can tell whether the same was asked; make the run anew "
            "with `cables eval --out FILE`"
        )
    if not all(isinstance(value, int | float) for value in metrics.values()):
        raise BadInput(f"{where}: metrics must be numbers")
    scores = {name: float(value) for name, value in metrics.items()}
    return ScoredQuestion(question_id, str(fields.get("type", "")), half(question_id), scores, digest)
