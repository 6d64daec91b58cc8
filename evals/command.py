"""The work of `cables eval`: run, score, compare, gate, print and write."""

from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from evals.baselines import Baseline, Search, score_baselines, searches
from evals.evaluation import Evaluation
from evals.extras import needed
from evals.gates import Verdict, gate_table, load_floors, verdicts
from evals.golden import GoldenSet, load
from evals.jsonl import write_json_lines
from evals.run import Run, run
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
    figure falls below its floor; with `baselines` simpler ways to search are measured on the same questions, which
    takes as long as indexing the archive anew; `compare` is a stored run.

    Raises:
        BadInput: a golden file, the stored run or the gates cannot be used, or a file cannot be written.
    """
    shown = console or Console()
    sets = load(golden)  # before the work: whatever is wrong with an input should be told at once
    stored = Baseline(compare.stem, tuple(load_run(compare))) if compare else None
    floors = load_floors() if gate else []
    _check_extras(report is not None, baselines)
    runs = _asked(archive, sets, shown)
    if out:
        write_json_lines(out, (row for each in runs for row in each.rows))
    evaluations = _evaluations(archive, runs, stored, baselines)
    for evaluation in evaluations:
        for table in tables(evaluation):
            shown.print(table.rich(), "")
    judged = verdicts(evaluations, floors) if gate else []
    if gate:
        shown.print(gate_table(judged).rich())
    if report:
        _report(report, evaluations, archive, judged)
        shown.print(f"report: {report}", markup=False, highlight=False)
    return PASSED if all(verdict.passed for verdict in judged) else FAILED


def _check_extras(report: bool, baselines: bool) -> None:
    for module, wanted in (("ir_measures", True), ("scipy", True), ("matplotlib", report)):
        if wanted:
            needed(module)
    if baselines:
        tutorial_splitter()


def _asked(archive: Archive, sets: Sequence[GoldenSet], console: Console) -> list[Run]:
    total = sum(len(golden.questions) for golden in sets)
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("asking", total=total)
        runs = [run(archive, golden, lambda done: progress.advance(task, done)) for golden in sets]
    if not any(each.asked for each in runs):
        raise BadInput(
            "the archive holds none of the cables these questions are about; ingest them first, or name their "
            "store with --store"
        )
    return runs


def _evaluations(archive: Archive, runs: Sequence[Run], stored: Baseline | None, baselines: bool) -> list[Evaluation]:
    if stored and not any(overlap(each.scored, stored.scored) for each in runs):
        raise BadInput(f"the stored run {stored.name} shares no question with these golden sets; name another")
    none: dict[str, Search] = {}
    with searches(archive) if baselines else nullcontext(none) as ways:
        return [
            Evaluation(each, score_baselines(ways, each.asked), stored if _shares(each, stored) else None)
            for each in runs
        ]


def _shares(run_: Run, stored: Baseline | None) -> bool:
    return stored is not None and overlap(run_.scored, stored.scored) > 0


def _report(folder: Path, evaluations: Sequence[Evaluation], archive: Archive, judged: Sequence[Verdict]) -> None:
    from evals.report import write_report

    write_report(folder, evaluations, archive.catalog, gate_table(judged) if judged else None)
