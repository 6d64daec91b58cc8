"""`python -m evals.report_all DIR`: a report on every golden set with all baselines, in a folder each."""

import sys
from pathlib import Path

from rich.console import Console

from evals.archives import BENCHMARKS, GATED, temporary_archive
from evals.command import Wanted, evaluate
from evals.stored_run import BASELINE_RUNS
from rag.errors import CablesError


def main(arguments: list[str]) -> int:
    """Write the reports under this folder; each set is compared with its baseline if there is one."""
    if len(arguments) != 1:
        print("usage: python -m evals.report_all DIR", file=sys.stderr)
        return 2
    folder, console = Path(arguments[0]), Console()
    for benchmark in BENCHMARKS:
        if missing := benchmark.missing:
            console.print(f"{benchmark.name} left out: there are no cables in {missing}", markup=False)
            continue
        baseline = BASELINE_RUNS / f"{benchmark.name}.jsonl"
        wanted = Wanted(
            out=folder / benchmark.name / baseline.name,
            report=folder / benchmark.name,
            gate=benchmark in GATED,
            baselines=True,
            against=str(baseline) if baseline.is_file() else None,
        )
        try:
            with temporary_archive(benchmark.cables, benchmark.encoder) as archive:
                evaluate(archive, benchmark.goldens, wanted, console)
        except CablesError as error:
            print(f"{benchmark.name}: {error}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
