"""Runs kept by version, to be seen side by side."""

import shutil
import subprocess
from collections.abc import Sequence
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path

from evals.metrics import ScoredQuestion
from evals.stored_run import StoredRun, load_run, save_run


def keep_run(folder: Path, scored: Sequence[ScoredQuestion], day: date | None = None, code: str | None = None) -> Path:
    """Save a run's ids, hashes and scores as DAY_VERSION.jsonl; one of the same day and version is replaced.

    Raises:
        BadInput: the file cannot be written.
    """
    path = folder / f"{day or datetime.now(UTC).date()}_{code or code_version()}.jsonl"
    save_run(path, scored)
    return path


def load_history(folder: Path) -> list[StoredRun]:
    """The runs kept in a folder, the oldest first; none where there is no folder.

    Raises:
        BadInput: a file of it is no run.
    """
    return [load_run(path) for path in sorted(folder.glob("*.jsonl"))]


def on_same_questions(run: StoredRun, today: Sequence[ScoredQuestion]) -> list[ScoredQuestion]:
    """What of an earlier run is of questions that are asked and judged today as they were then."""
    digests = {question.id: question.digest for question in today}
    return [question for question in run.scored if digests.get(question.id) == question.digest]


def code_version() -> str:
    """The version of the package and, in a checkout of it, the commit."""
    git, root = shutil.which("git"), Path(__file__).parents[1]
    if git is None or not (root / ".git").exists():
        return version("cables")
    words = [git, "-C", str(root), "describe", "--always", "--dirty", "--exclude=*"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603
    return f"{version('cables')}-{done.stdout.strip()}" if done.stdout.strip() else version("cables")
