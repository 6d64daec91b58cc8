"""The run that `cables eval --against` names: a file, or one that is committed at a git ref."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from evals.stored_run import StoredRun, load_run, parse_run
from rag.errors import BadInput

_COMMITTED = "evals/baseline_runs"
"""Where the baselines of the bundled golden sets are in this repository."""


def base_run(against: str, golden: Sequence[str]) -> StoredRun:
    """A run file; `REF:PATH`, the run file PATH as committed at REF; or REF, this repository's own baselines there.

    A REF alone means those of the golden sets named in `golden`.

    Raises:
        BadInput: there is no such file and no such ref, or a file is no stored run.
    """
    if Path(against).is_file():
        return load_run(Path(against))
    ref, _, path = against.partition(":")
    paths = [path] if path else [f"{_COMMITTED}/{name}.jsonl" for name in golden]
    _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}", failing=against)
    runs = [
        parse_run(f"{ref}:{path}", _git("show", "--end-of-options", f"{ref}:{path}", failing=f"{ref}:{path}"))
        for path in paths
    ]
    answers = {question: answer for run in runs for question, answer in run.answers.items()}
    return StoredRun(against, tuple(question for run in runs for question in run.scored), answers)


def _git(*arguments: str, failing: str) -> str:
    refused = BadInput(f"no run file and nothing committed is named {failing}; give RUN.jsonl, REF:RUN.jsonl or REF")
    if (git := shutil.which("git")) is None:
        raise refused
    done = subprocess.run([git, *arguments], capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise refused
    return done.stdout
