"""Stored runs, kept for comparison: ids and scores, without text of questions, answers or cables."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from evals.golden import half
from evals.jsonl import read_json_lines, write_json_lines
from evals.metrics import ScoredQuestion
from rag.errors import BadInput


def save_run(path: Path, scored: Iterable[ScoredQuestion]) -> None:
    """Write one line a question: `{"id", "type", "metrics": {name: value}}`.

    Raises:
        BadInput: the file cannot be written.
    """
    write_json_lines(
        path,
        (
            {
                "id": question.id,
                "type": question.type,
                "metrics": {name: round(value, 6) for name, value in question.scores.items()},
            }
            for question in scored
        ),
    )


def load_run(path: Path) -> list[ScoredQuestion]:
    """The scores of a stored run; unknown metrics are kept.

    Raises:
        BadInput: the file cannot be read, or a line is not one of a stored run; the message names the line.
    """
    stored: dict[str, ScoredQuestion] = {}
    for where, fields in read_json_lines(path):
        question_id, metrics = fields.get("id"), fields.get("metrics")
        if not isinstance(question_id, str) or not isinstance(metrics, dict):
            raise BadInput(
                f"{where}: not a line of a stored run (it needs id and metrics); `cables eval --report DIR` "
                "writes one to DIR/run.jsonl"
            )
        if question_id in stored:
            raise BadInput(f"{where}: the id {question_id!r} occurs twice")
        if not all(isinstance(value, int | float) for value in metrics.values()):
            raise BadInput(f"{where}: metrics must be numbers")
        scores = {name: float(value) for name, value in metrics.items()}
        stored[question_id] = ScoredQuestion(question_id, str(fields.get("type", "")), half(question_id), scores)
    return list(stored.values())


def overlap(scored: Sequence[ScoredQuestion], stored: Sequence[ScoredQuestion]) -> int:
    """The number of questions in both runs."""
    return len({question.id for question in scored} & {question.id for question in stored})
