"""`python -m evals.encoders`: the quality of the fast encoder against the plain one, question by question.

Two archives are made of the same cables, one with sentence-transformers and one with the fastest encoder of this
machine. Prints one comparison for each golden set and half.
"""

import argparse
import sys
from collections.abc import Sequence
from typing import Literal

from evals.archives import BENCHMARKS, Benchmark, temporary_archive
from evals.compare import compare
from evals.evaluation import PARTS, part_of
from evals.golden import load
from evals.metrics import METRICS, ScoredQuestion
from evals.run import run_golden_set

_METRICS = ("recall@5", "mrr", "fact_recall", "citation_precision", "citation_recall", "abstention", "false_abstention")


def scored(benchmark: Benchmark, encoder: Literal["auto", "torch"]) -> tuple[str, tuple[ScoredQuestion, ...]]:
    """The numeric precision of the archive's encoder, and the scores of every question."""
    [golden] = load([benchmark.golden])
    with temporary_archive(benchmark.cables, encoder) as archive:
        return archive.judge.load().precision, run_golden_set(archive, golden).scored


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Paired comparison of encoders.")
    parser.add_argument("--half", choices=PARTS, nargs="+", default=["tune"])
    halves = parser.parse_args().half
    for benchmark in BENCHMARKS:
        if missing := benchmark.missing:
            print(f"{benchmark.name}: there are no cables in {missing}", file=sys.stderr)
            continue
        (fast, fast_scores), (plain, plain_scores) = scored(benchmark, "auto"), scored(benchmark, "torch")
        for half in halves:
            print(f"{benchmark.name}, {half} half: {fast} against {plain}")
            _print(part_of(fast_scores, half), part_of(plain_scores, half))


def _print(fast: Sequence[ScoredQuestion], plain: Sequence[ScoredQuestion]) -> None:
    for name in _METRICS:
        if result := compare(METRICS[name], fast, plain):
            counts = f"{result.wins} better, {result.losses} worse, {result.ties} equal"
            interval = f"[{result.interval.low:+.4f}, {result.interval.high:+.4f}]"
            print(f"  {name:20} {result.difference:+.4f} {interval} {counts}: {result.verdict}", flush=True)


if __name__ == "__main__":
    main()
