"""`cables eval bless`: a run becomes the baseline that later runs are compared with. Nothing else writes baselines."""

from collections.abc import Sequence
from pathlib import Path

from evals.metrics import METRICS, ScoredQuestion, values
from evals.stored_run import load_run, save_run
from evals.table import Table
from rag.errors import BadInput

_SHOWN = ("recall@5", "mrr", "citation_precision", "fact_recall")


def bless(runs: Sequence[Path], folder: Path) -> Table:
    """Write the ids, hashes and scores of each run to the file of its name in a folder; the table of what changed.

    Raises:
        BadInput: a run cannot be read or has no hashes, two have one name, or the folder is not there. Nothing is
            written then.
    """
    if not folder.is_dir():
        raise BadInput(f"there is no folder {folder}; make it, or name the folder of your baselines with --into")
    loaded = {path.name: load_run(path) for path in runs}
    if len(loaded) < len(runs):
        raise BadInput("two of the runs have the same file name, which is the name of the baseline; bless them apart")
    rows = []
    for name, run in loaded.items():
        path = folder / name
        before = load_run(path).scored if _has_hashes(path) else ()
        save_run(path, run.scored)
        rows.append([path.stem, str(len(run.scored)), *(_change(metric, before, run.scored) for metric in _SHOWN)])
    head = ["baseline", "questions", *(METRICS[name].title for name in _SHOWN)]
    return Table(
        f"blessed into {folder}", head, rows, "Figures of the old baseline, where there was one, and of the new."
    )


def _has_hashes(path: Path) -> bool:
    try:
        return path.exists() and bool(load_run(path).scored)
    except BadInput:  # what is replaced need not be readable
        return False


def _change(name: str, before: Sequence[ScoredQuestion], after: Sequence[ScoredQuestion]) -> str:
    metric = METRICS[name]
    figures = [metric.formatted(metric.of(scores)) for run in (before, after) if (scores := values(run, metric.score))]
    return " → ".join(figures) or "–"
