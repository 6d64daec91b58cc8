"""The work of `cables eval`: run, score, compare, gate, print and write."""

from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from evals.baselines import Baseline, Search, baseline_searches, score_baselines
from evals.evaluation import Evaluation
from evals.extras import import_extra
from evals.gates import GateVerdict, check_floors, gate_table, load_floors
from evals.golden import GoldenSet, load
from evals.jsonl import write_json_lines
from evals.run import Run, run_golden_set
from evals.stored_run import load_run, overlap
from evals.tables import tables
from evals.tutorial import tutorial_splitter
from rag.archive import Archive
from rag.errors import BadInput

PASSED, FAILED = 0, 1


def evaluate(
    archive: Archive,
    golden: list[Path],
    out: Path | None = None,
    report: Path | None = None,
    gate: bool = False,
    baselines: bool = False,
    compare: Path | None = None,
    console: Console | None = None,
) -> int:
    """Evaluate an archive on golden sets, print the tables, and return the exit code.

    `out` gets one line a question; `report` is the folder of the HTML report; with `gate` the code is 1 when a
    figure falls below its floor; with `baselines` the baselines are measured on the same questions, which takes as
    long as indexing the archive anew; `compare` is a stored run.

    Raises:
        BadInput: a golden file, the stored run or the gates cannot be used, or a file cannot be written.
    """
    console = console or Console()
    sets = load(golden)  # inputs are read first, so that a mistake in one is reported at once
    stored = Baseline(compare.stem, tuple(load_run(compare))) if compare else None
    floors = load_floors() if gate else []
    _check_extras(report is not None, baselines)
    runs = _run_all(archive, sets, console)
    if out:
        write_json_lines(out, (row for run in runs for row in run.rows))
    evaluations = _evaluations(archive, runs, stored, baselines)
    for evaluation in evaluations:
        for table in tables(evaluation):
            console.print(table.rich(), "")
    verdicts = check_floors(evaluations, floors) if gate else []
    if gate:
        console.print(gate_table(verdicts).rich())
    if report:
        _report(report, evaluations, archive, verdicts)
        console.print(f"report: {report}", markup=False, highlight=False)
    return PASSED if all(verdict.passed for verdict in verdicts) else FAILED


def _check_extras(report: bool, baselines: bool) -> None:
    for module in ("ir_measures", "scipy", *(("matplotlib",) if report else ())):
        import_extra(module)
    if baselines:
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


def _evaluations(archive: Archive, runs: Sequence[Run], stored: Baseline | None, baselines: bool) -> list[Evaluation]:
    if stored and not any(overlap(run.scored, stored.scored) for run in runs):
        raise BadInput(f"the stored run {stored.name} shares no question with these golden sets; name another")
    none: dict[str, Search] = {}
    with baseline_searches(archive) if baselines else nullcontext(none) as searches:
        return [
            Evaluation(run, score_baselines(searches, run.questions), stored if _shares(run, stored) else None)
            for run in runs
        ]


def _shares(run: Run, stored: Baseline | None) -> bool:
    return stored is not None and overlap(run.scored, stored.scored) > 0


def _report(folder: Path, evaluations: Sequence[Evaluation], archive: Archive, verdicts: Sequence[GateVerdict]) -> None:
    from evals.report import write_report

    write_report(folder, evaluations, archive.catalog, gate_table(verdicts) if verdicts else None)
