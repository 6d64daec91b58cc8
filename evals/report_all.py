"""`python -m evals.report_all DIR`: a report on every golden set with all baselines, in a folder each."""

import sys
from pathlib import Path

from rich.console import Console

from evals.archives import BENCHMARKS, GATED, temporary_archive
from evals.command import evaluate
from rag.errors import CablesError

_STORED_RUNS = Path(__file__).with_name("baseline_runs")


def main(arguments: list[str]) -> int:
    """Write the reports under this folder; each set is compared with its stored run if there is one."""
    if len(arguments) != 1:
        print("usage: python -m evals.report_all DIR", file=sys.stderr)
        return 2
    folder, console = Path(arguments[0]), Console()
    for benchmark in BENCHMARKS:
        if missing := benchmark.missing:
            console.print(f"{benchmark.name} left out: there are no cables in {missing}", markup=False)
            continue
        stored = _STORED_RUNS / f"{benchmark.name}.jsonl"
        try:
            with temporary_archive(benchmark.cables, benchmark.encoder) as archive:
                evaluate(
                    archive,
                    benchmark.goldens,
                    out=folder / benchmark.name / "answers.jsonl",
                    report=folder / benchmark.name,
                    gate=benchmark in GATED,
                    baselines=True,
                    compare=stored if stored.is_file() else None,
                    console=console,
                )
        except CablesError as error:
            print(f"{benchmark.name}: {error}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
