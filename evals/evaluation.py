"""The results of evaluating one golden set: the run, its baselines and the stored run it is compared with."""

from collections.abc import Sequence
from dataclasses import dataclass

from evals.baselines import Baseline
from evals.compare import PairedComparison, compare
from evals.metrics import METRICS, ScoredQuestion
from evals.run import Run

PARTS = ("all", "tune", "test")
_RETRIEVAL = ("recall@1", "recall@5", "recall@20", "mrr", "ndcg@10", "citation_precision", "citation_recall")
_COMPARED = (*_RETRIEVAL, "fact_recall", "fact_recall_per_60", "abstention", "false_abstention")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One golden set over one archive. `stored` is an earlier run under its name, or None."""

    run: Run
    baselines: tuple[Baseline, ...] = ()
    stored: Baseline | None = None

    @property
    def name(self) -> str:
        """The golden set's name."""
        return self.run.name

    def comparisons(self, other: Baseline, part: str) -> list[PairedComparison]:
        """This run against another over one part of the set, for each metric that both have."""
        scored = part_of(self.run.scored, part)
        compared = (compare(METRICS[name], scored, other.scored) for name in _COMPARED)
        return [comparison for comparison in compared if comparison is not None]


def part_of(scored: Sequence[ScoredQuestion], part: str) -> list[ScoredQuestion]:
    """The questions of a half, or `all`."""
    return [question for question in scored if part in ("all", question.half)]
