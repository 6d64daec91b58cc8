"""`python -m evals.gate`: golden sets, each over a fresh archive of its cables, checked against the gates."""

import os
import sys
import time
from collections.abc import Sequence

from evals.archives import GATED, Benchmark, temporary_archive
from evals.evaluation import Evaluation
from evals.gates import GateVerdict, check_floors, load_floors
from evals.golden import load
from evals.run import run_golden_set
from rag.errors import CablesError


def main(benchmarks: Sequence[Benchmark] = GATED) -> int:
    """Print one line a gate and a count; 1 if a gate fails or, with `CI=true`, if cables are missing."""
    passed, failed = 0, 0
    in_ci = os.environ.get("CI") == "true"
    for benchmark in benchmarks:
        if missing := benchmark.missing:
            failed += in_ci
            print(f"{'FAIL' if in_ci else 'skip'} {benchmark.name}: there are no cables in {missing}", flush=True)
            continue
        started = time.monotonic()
        try:
            verdicts, description = check_benchmark(benchmark)
        except CablesError as error:
            failed += 1
            print(f"FAIL {benchmark.name}: {error}", flush=True)
            continue
        passed += sum(verdict.passed for verdict in verdicts)
        failed += sum(not verdict.passed for verdict in verdicts)
        for verdict in verdicts:
            print(verdict)
        print(f"     {benchmark.name}: {description} in {time.monotonic() - started:.0f} s", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


def check_benchmark(benchmark: Benchmark) -> tuple[list[GateVerdict], str]:
    """The verdicts on one golden set, and a short description of what was asked."""
    floors = load_floors()
    [golden] = load([benchmark.golden])
    with temporary_archive(benchmark.cables, benchmark.encoder) as archive:
        evaluation = Evaluation(run_golden_set(archive, golden))
    description = f"{len(evaluation.run.questions)} questions"
    if evaluation.run.skipped:
        description += f", {len(evaluation.run.skipped)} skipped for want of their cables"
    if evaluation.run.unknown_keys:
        description += f", gold keys without a paragraph: {', '.join(evaluation.run.unknown_keys)},"
    return check_floors([evaluation], floors), description


if __name__ == "__main__":
    sys.exit(main())
