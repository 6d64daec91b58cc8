"""A run against an earlier one: verdicts by metric, and the questions that were broken or mended."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from evals.compare import PairedComparison, compare
from evals.golden import GoldenQuestion
from evals.metrics import METRICS, Metric, ScoredQuestion, values
from evals.run import Run
from evals.stored_run import StoredRun, shown_answer
from rag.errors import BadInput

COMPARED = tuple(
    METRICS[name]
    for name in (
        *("recall@1", "recall@5", "recall@20", "mrr", "ndcg@10"),
        *("citation_precision", "citation_recall", "fact_recall", "fact_recall_per_60"),
        *("abstention", "false_abstention", "quote_fidelity"),
    )
)
_NAMED = 3  # questions in an error
_RIGHT = (
    ("missed@5", 0.0, "evidence among the first five"),
    ("false_abstention", 0.0, "answered"),
    ("abstention", 1.0, "declined"),
    ("citation_recall", 1.0, "all evidence cited"),
    ("fact_recall", 1.0, "all facts stated"),
    ("quote_fidelity", 1.0, "quoted verbatim"),
)
"""What is right about a question: a score, the value it has then, and how it is told."""


@dataclass(frozen=True, slots=True)
class MetricComparison:
    """One metric of two runs; `paired` is None where no question was measured in both.

    `head_only` and `base_only` count the questions that were measured in one run alone.
    """

    metric: Metric
    paired: PairedComparison | None
    head_only: int
    base_only: int

    @property
    def verdict(self) -> str:
        """Worse, better, not shown, or in which run it was not measured. What is not measured is not 0."""
        if self.paired is not None:
            return self.paired.verdict
        if self.head_only and self.base_only:
            return "not measured on the same questions"
        return f"not measured {'now' if self.base_only else 'in the base'}"

    @property
    def is_partial(self) -> bool:
        """Whether some of the questions that were measured in one run were not measured in the other."""
        return self.paired is not None and self.head_only + self.base_only > 0

    @property
    def is_worse(self) -> bool:
        """Whether it is shown worse, or was measured in the base and is measured no more."""
        return self.paired.verdict == "worse" if self.paired is not None else self.base_only > 0

    def __str__(self) -> str:
        return f"{self.metric.title} is {'shown ' if self.paired else ''}{self.verdict}"


@dataclass(frozen=True, slots=True)
class ChangedQuestion:
    """A question of which something was right and is no more, or the other way round; the answers where both are known.

    `answers` are that of the base and that of the head.
    """

    question: GoldenQuestion
    what: tuple[str, ...]
    answers: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class RunComparison:
    """A run of a golden set, the head, against an earlier one, the base. `both` counts the questions of both."""

    base: str
    metrics: tuple[MetricComparison, ...]
    broken: tuple[ChangedQuestion, ...]
    mended: tuple[ChangedQuestion, ...]
    both: int
    head_only: int

    def worse(self, protected: Collection[str]) -> list[MetricComparison]:
        """The protected metrics that are shown worse or are measured no more."""
        return [each for each in self.metrics if each.metric.name in protected and each.is_worse]


def check_same_questions(questions: Iterable[GoldenQuestion], base: StoredRun) -> None:
    """Check that the run was asked and judged as these questions are.

    Raises:
        BadInput: a question, its gold or its facts are different by now.
    """
    digests = {question.id: question.digest for question in base.scored}
    changed = [each.id for each in questions if digests.get(each.id, each.digest) != each.digest]
    if changed:
        named = ", ".join(changed[:_NAMED]) + (" ..." if len(changed) > _NAMED else "")
        raise BadInput(
            f"{len(changed)} of these questions, their gold or facts were different when {base.name} was made "
            f"({named}), so it cannot be compared with; make that run anew on today's questions"
        )


def compare_runs(head: Run, base: StoredRun) -> RunComparison | None:
    """Compare on the questions of both runs; None where there is none.

    Raises:
        BadInput: one of the questions was asked or judged differently then.
    """
    before = {question.id: question for question in base.scored}
    both = [question for question in head.scored if question.id in before]
    if not both:
        return None
    check_same_questions(head.questions, base)
    earlier = [before[question.id] for question in both]
    metrics = (_metric(metric, both, earlier) for metric in COMPARED)
    return RunComparison(
        base.name,
        tuple(each for each in metrics if each.paired or each.head_only or each.base_only),
        tuple(_changes(head, base, before, lost=True)),
        tuple(_changes(head, base, before, lost=False)),
        len(both),
        len(head.scored) - len(both),
    )


def _metric(metric: Metric, head: Sequence[ScoredQuestion], base: Sequence[ScoredQuestion]) -> MetricComparison:
    paired = compare(metric, head, base)
    common = 0 if paired is None else paired.wins + paired.losses + paired.ties
    head_only, base_only = (len(values(run, metric.score)) - common for run in (head, base))
    return MetricComparison(metric, paired, head_only, base_only)


def _changes(head: Run, base: StoredRun, before: dict[str, ScoredQuestion], lost: bool) -> Iterator[ChangedQuestion]:
    for question, row, now in zip(head.questions, head.rows, head.scored, strict=True):
        if question.id not in before:
            continue
        first, second = (before[question.id], now) if lost else (now, before[question.id])
        what = tuple(
            text for score, right, text in _RIGHT if _held(first, score, right) and _fails(second, score, right)
        )
        if what:
            answer = base.answers.get(question.id)
            yield ChangedQuestion(question, what, None if answer is None else (answer, shown_answer(row)))


def _held(question: ScoredQuestion, score: str, right: float) -> bool:
    return question.scores.get(score) == right


def _fails(question: ScoredQuestion, score: str, right: float) -> bool:
    return score in question.scores and question.scores[score] != right
