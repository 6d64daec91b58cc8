"""`python -m evals.gate [DIR]`: golden sets, each over a fresh archive of its cables, checked against the gates.

A check is a floor, a protected metric against the baseline run, the questions of other shapes, or a probe. The runs are
written to DIR, one file a set, for `cables eval bless`.
"""

import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.against import MetricComparison, compare_runs
from evals.archives import GATED, SAMPLE, TOKYO, Benchmark, temporary_archive
from evals.evaluation import Evaluation
from evals.gates import Gates, check_floors, load_gates
from evals.golden import load
from evals.probes import PROBES
from evals.run import Run, run_golden_set
from evals.shapes import GOLDEN as SHAPES
from evals.shapes import ask_all, load_shapes
from evals.stored_run import BASELINE_RUNS, load_run, save_answers
from rag.archive import Archive
from rag.errors import CablesError

_SHAPES_FLOORS = {SAMPLE.name: 0.65, TOKYO.name: 0.9}
"""Share of the questions of `shapes` about each archive to be answered rightly."""


@dataclass(frozen=True, slots=True)
class GateCheck:
    """One thing that the gate holds: its name, whether it holds, and the figure."""

    name: str
    passed: bool
    figure: str

    def __str__(self) -> str:
        return f"{'ok  ' if self.passed else 'FAIL'} {self.name}: {self.figure}"


def main(benchmarks: Sequence[Benchmark] = GATED, folder: Path | None = None) -> int:
    """Print one line a check and a count; 1 if one fails or, with `CI=true`, if cables are missing."""
    passed, failed = 0, 0
    in_ci = os.environ.get("CI") == "true"
    for benchmark in benchmarks:
        if missing := benchmark.missing:
            failed += in_ci
            print(f"{'FAIL' if in_ci else 'skip'} {benchmark.name}: there are no cables in {missing}", flush=True)
            continue
        started = time.monotonic()
        try:
            with temporary_archive(benchmark.cables, benchmark.encoder) as archive:
                run = asked(archive, benchmark)
                if folder is not None:
                    save_answers(folder / f"{benchmark.name}.jsonl", [run])
                checks = list(gate_checks(archive, benchmark, run, load_gates()))
        except CablesError as error:
            failed += 1
            print(f"FAIL {benchmark.name}: {error}", flush=True)
            continue
        passed += sum(check.passed for check in checks)
        failed += sum(not check.passed for check in checks)
        for check in checks:
            print(check)
        print(f"     {benchmark.name}: {_description(run)} in {time.monotonic() - started:.0f} s", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


def asked(archive: Archive, benchmark: Benchmark) -> Run:
    """The run of the benchmark's own golden questions."""
    [golden] = load([benchmark.golden])
    return run_golden_set(archive, golden)


def gate_checks(archive: Archive, benchmark: Benchmark, run: Run, gates: Gates) -> Iterator[GateCheck]:
    """Everything that the gate holds of an archive of the benchmark's cables and of this run over it.

    Raises:
        BadInput: there are no floors or no baseline run for this set, or its questions are others by now.
    """
    yield from of_run(run, gates)
    yield from of_shapes(archive, benchmark)
    if benchmark is SAMPLE:  # which has a case of each
        yield from (of_probe(name, archive) for name in PROBES)


def of_run(run: Run, gates: Gates) -> Iterator[GateCheck]:
    """The floors, and the protected metrics against the baseline run."""
    for each in check_floors([Evaluation(run)], gates.floors):
        yield GateCheck(f"{run.name} {each.floor.part}: {each.floor.metric.title}", each.passed, each.told)
    against = compare_runs(run, load_run(BASELINE_RUNS / f"{run.name}.jsonl"))
    for compared in against.metrics if against else ():
        if compared.metric.name in gates.protected:
            name = f"{run.name} against its baseline: {compared.metric.title}"
            yield GateCheck(name, not compared.is_worse, _change(compared))


def _change(compared: MetricComparison) -> str:
    return compared.verdict if compared.paired is None else f"{compared.verdict}, {compared.paired.told}"


def of_shapes(archive: Archive, benchmark: Benchmark) -> Iterator[GateCheck]:
    """The questions of other shapes about a small archive, against their floor."""
    if (floor := _SHAPES_FLOORS.get(benchmark.name)) is not None:
        results = ask_all(archive, [each for each in load_shapes(SHAPES) if each.archive == benchmark.name])
        share = sum(result.right for result in results) / len(results)
        yield GateCheck(f"{benchmark.name} shapes: right", share >= floor, f"{share:.2f} of {len(results)} (≥ {floor})")


def of_probe(name: str, archive: Archive) -> GateCheck:
    """A probe of the sample; it must hold in every case."""
    [golden] = load([SAMPLE.golden])
    share = PROBES[name](archive, golden.questions)
    return GateCheck(f"probe: {name}", share == 1.0, "not measured" if share is None else f"{share:.2f} (1 wanted)")


def _description(run: Run) -> str:
    described = f"{len(run.questions)} questions"
    if run.skipped:
        described += f", {len(run.skipped)} skipped for want of their cables"
    if run.unknown_keys:
        described += f", gold keys without a paragraph: {', '.join(run.unknown_keys)},"
    return described


if __name__ == "__main__":
    sys.exit(main(folder=Path(sys.argv[1]) if sys.argv[1:] else None))
