"""`python -m evals.report_all DIR`: every golden set with all baselines, a folder with a report for each."""

import sys
from pathlib import Path

from rich.console import Console

from evals.archives import BENCHES, temporary_archive
from evals.command import evaluate
from rag.errors import CablesError

_STORED_RUNS = Path(__file__).with_name("baseline_runs")


def main(arguments: list[str]) -> int:
    """Write the reports under the folder named; compares with the stored run of a set where there is one."""
    if len(arguments) != 1:
        print("usage: python -m evals.report_all DIR", file=sys.stderr)
        return 2
    folder, console = Path(arguments[0]), Console()
    for bench in BENCHES:
        if not bench.present:
            console.print(f"{bench.name} left out: its cables are not in {bench.cables}", markup=False)
            continue
        stored = _STORED_RUNS / f"{bench.name}.jsonl"
        try:
            with temporary_archive(bench.cables) as archive:
                evaluate(
                    archive,
                    [bench.golden],
                    out=folder / bench.name / "answers.jsonl",
                    report=folder / bench.name,
                    gate=True,
                    baselines=True,
                    compare=stored if stored.is_file() else None,
                    console=console,
                )
        except CablesError as error:
            print(f"{bench.name}: {error}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
