"""Runs kept for comparison: ids and scores, never a word of a question, an answer or a cable."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from evals.golden import half
from evals.jsonl import json_lines, write_json_lines
from evals.metrics import Scored
from rag.errors import BadInput


def save_run(path: Path, scored: Iterable[Scored]) -> None:
    """Write one line a question: `{"id", "type", "metrics": {name: value}}`.

    Raises:
        BadInput: the file cannot be written.
    """
    write_json_lines(
        path,
        (
            {"id": each.id, "type": each.type, "metrics": {name: round(each.scores[name], 6) for name in each.scores}}
            for each in scored
        ),
    )


def load_run(path: Path) -> list[Scored]:
    """The scores of a stored run; metrics that are no longer known do no harm.

    Raises:
        BadInput: the file cannot be read, or a line is not one of a stored run; the message names the line.
    """
    stored: dict[str, Scored] = {}
    for where, fields in json_lines(path):
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
        stored[question_id] = Scored(question_id, str(fields.get("type", "")), half(question_id), scores)
    return list(stored.values())


def overlap(scored: Sequence[Scored], stored: Sequence[Scored]) -> int:
    """How many questions both runs have."""
    return len({each.id for each in scored} & {each.id for each in stored})
