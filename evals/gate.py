"""`python -m evals.gate`: every golden set over a fresh archive of its cables, held against the gates."""

import os
import sys
import time
from collections.abc import Sequence

from evals.archives import BENCHES, Bench, temporary_archive
from evals.evaluation import Evaluation
from evals.gates import Verdict, load_floors, verdicts
from evals.golden import load
from evals.run import run
from rag.errors import CablesError


def main(benches: Sequence[Bench] = BENCHES) -> int:
    """Print one line a gate and a closing count; 1 when a gate fails or, with `CI=true`, when cables are not there."""
    passed, failed = 0, 0
    in_ci = os.environ.get("CI") == "true"
    for bench in benches:
        if not bench.present:
            failed += in_ci
            print(f"{'FAIL' if in_ci else 'skip'} {bench.name}: its cables are not in {bench.cables}", flush=True)
            continue
        started = time.monotonic()
        try:
            judged, asked = judge(bench)
        except CablesError as error:
            failed += 1
            print(f"FAIL {bench.name}: {error}", flush=True)
            continue
        passed += sum(verdict.passed for verdict in judged)
        failed += sum(not verdict.passed for verdict in judged)
        for verdict in judged:
            print(verdict)
        print(f"     {bench.name}: {asked} in {time.monotonic() - started:.0f} s", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


def judge(bench: Bench) -> tuple[list[Verdict], str]:
    """The verdicts on one golden set, and what was asked in a few words."""
    floors = load_floors()
    [golden] = load([bench.golden])
    with temporary_archive(bench.cables) as archive:
        evaluation = Evaluation(run(archive, golden))
    asked = f"{len(evaluation.run.asked)} questions"
    if evaluation.run.skipped:
        asked += f", {len(evaluation.run.skipped)} skipped for want of their cables"
    if evaluation.run.unknown:
        asked += f", gold keys without a paragraph: {', '.join(evaluation.run.unknown)},"
    return verdicts([evaluation], floors), asked


if __name__ == "__main__":
    sys.exit(main())
