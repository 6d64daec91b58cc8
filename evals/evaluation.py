"""The results of evaluating one golden set: the run, its baselines, and how it compares with an earlier run."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from evals.against import COMPARED, RunComparison
from evals.baselines import Baseline
from evals.compare import PairedComparison, compare
from evals.metrics import ScoredQuestion
from evals.run import Run
from evals.stored_run import StoredRun

PARTS = ("all", "tune", "test")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One golden set over one archive.

    `against` compares the run with an earlier one; `history` are those kept by version, this one among them.
    """

    run: Run
    baselines: tuple[Baseline, ...] = ()
    against: RunComparison | None = None
    history: tuple[StoredRun, ...] = ()

    @property
    def name(self) -> str:
        """The golden set's name."""
        return self.run.name

    def comparisons(self, other: Baseline, part: str) -> list[PairedComparison]:
        """This run against a baseline over one part of the set, for each metric that both have."""
        scored = part_of(self.run.scored, part)
        compared = (compare(metric, scored, other.scored) for metric in COMPARED)
        return [comparison for comparison in compared if comparison is not None]


def shown_worse(evaluations: Iterable[Evaluation], protected: Collection[str]) -> list[str]:
    """A line for each protected metric of these sets that is shown worse or is measured no more."""
    return [
        f"{evaluation.name}: {each}"
        for evaluation in evaluations
        if evaluation.against is not None
        for each in evaluation.against.worse(protected)
    ]


def part_of(scored: Sequence[ScoredQuestion], part: str) -> list[ScoredQuestion]:
    """The questions of a half, or `all`."""
    return [question for question in scored if part in ("all", question.half)]
