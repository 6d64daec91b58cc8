"""Everything known about one golden set after an evaluation: the run, its baselines, the run it is compared with."""

from collections.abc import Sequence
from dataclasses import dataclass

from evals.baselines import Baseline
from evals.compare import Paired, paired
from evals.metrics import METRICS, Scored
from evals.run import Run

PARTS = ("all", "tune", "test")
COMPARED = ("recall@1", "recall@5", "recall@20", "mrr", "ndcg@10", "citation_precision", "citation_recall")
_ALSO_COMPARED = ("fact_recall", "fact_recall_per_60", "abstention", "false_abstention")


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

    def comparisons(self, other: Baseline, part: str) -> list[Paired]:
        """Our run against another over one part of the set, metric by metric, where both have scores."""
        ours = part_of(self.run.scored, part)
        compared = (paired(METRICS[name], ours, other.scored) for name in (*COMPARED, *_ALSO_COMPARED))
        return [each for each in compared if each is not None]


def part_of(scored: Sequence[Scored], part: str) -> list[Scored]:
    """The questions of a half, or `all`."""
    return [each for each in scored if part in ("all", each.half)]
