"""`python -m evals.gate`: golden sets, each over a fresh archive of its cables, checked against the gates."""

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from evals.archives import GATED, Benchmark, temporary_archive
from evals.evaluation import Evaluation
from evals.gates import GateVerdict, check_floors, load_floors
from evals.golden import load
from evals.run import run_golden_set
from evals.shapes import GOLDEN, QUICK, load_shapes, run
from rag.errors import CablesError

_SHAPES_FLOOR = 0.75
"""Share of the questions of `shapes` about the sample and the Tokyo cables to be answered rightly."""


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
    if benchmarks is GATED:
        of_shapes = shapes_verdict()
        passed, failed = passed + (of_shapes is True), failed + (of_shapes is False)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


def shapes_verdict(golden: Path = GOLDEN) -> bool | None:
    """Whether the questions of other shapes about the small archives reach their floor; None where there are none."""
    if not golden.is_file():
        return None
    results = run([question for question in load_shapes(golden) if question.archive in QUICK], {})
    if not results:
        return None
    share = sum(result.right for result in results) / len(results)
    passed = share >= _SHAPES_FLOOR
    print(
        f"{'ok  ' if passed else 'FAIL'} shapes: {share:.2f} of {len(results)} right, floor {_SHAPES_FLOOR}", flush=True
    )
    return passed


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
