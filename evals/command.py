"""The work of `cables eval`: run, score, compare, gate, print and write."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from evals.against import check_same_questions, compare_runs
from evals.base_run import base_run
from evals.baselines import Search, baseline_searches, score_baselines
from evals.comment import comment
from evals.evaluation import Evaluation, shown_worse
from evals.extras import import_extra
from evals.gates import GATES, Gates, GateVerdict, check_floors, gate_table, load_gates
from evals.golden import GoldenSet, load
from evals.history import keep_run, load_history
from evals.run import Run, run_golden_set
from evals.stored_run import StoredRun, save_answers
from evals.tables import tables
from evals.tutorial import tutorial_splitter
from rag.archive import Archive
from rag.errors import BadInput

PASSED, FAILED = 0, 1


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to do with the answers to golden questions.

    `out` gets one line a question; `report` is the folder of the HTML report; with `gate` the floors of `gates` are
    held; with `baselines` the baselines are measured on the same questions, which takes as long as indexing the archive
    anew; `against` names an earlier run (see `base_run`), and `comment` is the file for the comparison in Markdown.
    `history` is a folder of runs by version: this one is kept there too, and the report plots all of them.
    """

    out: Path | None = None
    report: Path | None = None
    gate: bool = False
    baselines: bool = False
    against: str | None = None
    comment: Path | None = None
    gates: Path = GATES
    history: Path | None = None


def evaluate(archive: Archive, golden: list[Path], wanted: Wanted | None = None, console: Console | None = None) -> int:
    """Evaluate an archive on golden sets, print the tables, and return the exit code.

    The code is 1 when a protected metric is shown worse than in the run that is compared with, or a figure falls below
    its floor.

    Raises:
        BadInput: a golden file, the earlier run or the gates cannot be used, or a file cannot be written.
    """
    wanted, console = wanted or Wanted(), console or Console()
    sets = load(golden)  # inputs are read first, so that a mistake in one is reported at once
    gates = load_gates(wanted.gates)
    base = base_run(wanted.against, [each.name for each in sets]) if wanted.against else None
    if wanted.comment and base is None:
        raise BadInput("--comment tells of a comparison; name what to compare with by --against")
    if base:
        check_same_questions((each for golden_set in sets for each in golden_set.questions), base)
    _check_extras(wanted)
    runs = _run_all(archive, sets, console)
    if wanted.out:
        save_answers(wanted.out, runs)
    if wanted.history:
        keep_run(wanted.history, [question for run in runs for question in run.scored])
    history = tuple(load_history(wanted.history)) if wanted.history else ()
    evaluations = _evaluations(archive, runs, base, wanted.baselines, history)
    verdicts = check_floors(evaluations, gates.floors) if wanted.gate else []
    _print(evaluations, verdicts, console)
    if wanted.comment:
        _write(wanted.comment, comment(evaluations, gates.protected, verdicts))
    if wanted.report:
        _report(wanted.report, evaluations, archive, verdicts)
        console.print(f"report: {wanted.report}", markup=False, highlight=False)
    return FAILED if _told_worse(evaluations, gates, console) or not all(each.passed for each in verdicts) else PASSED


def _check_extras(wanted: Wanted) -> None:
    for module in ("ir_measures", *(("matplotlib",) if wanted.report else ())):
        import_extra(module)
    if wanted.baselines:
        tutorial_splitter()


def _run_all(archive: Archive, sets: Sequence[GoldenSet], console: Console) -> list[Run]:
    total = sum(len(golden.questions) for golden in sets)
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("asking", total=total)
        runs = [run_golden_set(archive, golden, lambda done: progress.advance(task, done)) for golden in sets]
    if not any(run.questions for run in runs):
        raise BadInput(
            "the archive holds none of the cables these questions are about; ingest them first, or name their "
            "store with --store"
        )
    return runs


def _evaluations(
    archive: Archive, runs: Sequence[Run], base: StoredRun | None, baselines: bool, history: tuple[StoredRun, ...]
) -> list[Evaluation]:
    compared = [None if base is None else compare_runs(run, base) for run in runs]
    if base is not None and not any(compared):
        raise BadInput(f"the run {base.name} shares no question with these golden sets; name another")
    none: dict[str, Search] = {}
    with baseline_searches(archive) if baselines else nullcontext(none) as searches:
        return [
            Evaluation(run, score_baselines(searches, run.questions), against, history)
            for run, against in zip(runs, compared, strict=True)
        ]


def _print(evaluations: Sequence[Evaluation], verdicts: Sequence[GateVerdict], console: Console) -> None:
    for evaluation in evaluations:
        for table in tables(evaluation):
            console.print(table.rich(), "")
    if verdicts:
        console.print(gate_table(verdicts).rich())


def _told_worse(evaluations: Sequence[Evaluation], gates: Gates, console: Console) -> bool:
    worse = shown_worse(evaluations, gates.protected)
    for line in worse:
        console.print(line, markup=False, highlight=False)
    return bool(worse)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}; name a file that can") from error


def _report(folder: Path, evaluations: Sequence[Evaluation], archive: Archive, verdicts: Sequence[GateVerdict]) -> None:
    from evals.report import write_report

    write_report(folder, evaluations, archive.catalog, gate_table(verdicts) if verdicts else None)
