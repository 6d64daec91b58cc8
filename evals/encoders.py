"""`python -m evals.encoders`: what the fast encoder costs in quality, question by question, against the plain one.

Both archives are made of the same cables; one is encoded and asked by sentence-transformers, the other by the fastest
encoder this machine has. One table a golden set and half.
"""

import argparse
import sys
from collections.abc import Sequence
from typing import Literal

from evals.archives import BENCHES, Bench, temporary_archive
from evals.compare import paired
from evals.evaluation import PARTS, part_of
from evals.golden import load
from evals.metrics import METRICS, Scored
from evals.run import run

_METRICS = ("recall@5", "mrr", "fact_recall", "citation_precision", "citation_recall", "abstention", "false_abstention")


def scored(bench: Bench, encoder: Literal["auto", "torch"]) -> tuple[str, tuple[Scored, ...]]:
    """What the archive was encoded with, and the scores of every question."""
    [golden] = load([bench.golden])
    with temporary_archive(bench.cables, encoder) as archive:
        found = run(archive, golden).scored
        return archive.original.load().numerics, found


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Paired comparison of encoders.")
    parser.add_argument("--half", choices=PARTS, nargs="+", default=["tune"])
    halves = parser.parse_args().half
    for bench in BENCHES:
        if not bench.present:
            print(f"{bench.name}: its cables are not in {bench.cables}", file=sys.stderr)
            continue
        (fast, ours), (plain, theirs) = scored(bench, "auto"), scored(bench, "torch")
        for half in halves:
            print(f"{bench.name}, {half} half: {fast} against {plain}")
            _print(part_of(ours, half), part_of(theirs, half))


def _print(ours: Sequence[Scored], theirs: Sequence[Scored]) -> None:
    for name in _METRICS:
        if found := paired(METRICS[name], ours, theirs):
            told = f"{found.wins} better, {found.losses} worse, {found.ties} equal"
            print(f"  {name:20} {found.difference:+.4f}  {told}, p={found.p_value:.2f}", flush=True)


if __name__ == "__main__":
    main()
