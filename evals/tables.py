"""The tables of an evaluation."""

from collections.abc import Collection, Iterable, Sequence

from evals.against import RunComparison
from evals.baselines import Baseline
from evals.bootstrap import LEVEL, figure
from evals.compare import LEAST_CLUSTERS, PairedComparison
from evals.evaluation import PARTS, Evaluation, part_of
from evals.metrics import ANSWERING, LATENCY, METRICS, RANKING, Metric, ScoredQuestion, values
from evals.table import Table

_BY_TYPE = ("recall@1", "recall@5", "mrr", "citation_precision", "citation_recall", "fact_recall", "abstention")
_NOTHING = "–"


def tables(evaluation: Evaluation) -> list[Table]:
    """All tables of one golden set, the most important first."""
    return [
        *([against_base(evaluation.name, evaluation.against)] if evaluation.against else []),
        figures(evaluation),
        *([against_baselines(evaluation)] if evaluation.baselines else []),
        *(comparison(evaluation, other) for other in evaluation.baselines),
        by_type(evaluation),
        latency(evaluation),
    ]


def figures(evaluation: Evaluation) -> Table:
    """Each metric over the whole set and its halves, with intervals."""
    metrics = (*RANKING, *ANSWERING)
    return _over_parts(f"{evaluation.name}: figures", metrics, evaluation, _question_counts(evaluation))


def latency(evaluation: Evaluation) -> Table:
    """Milliseconds per question, asked one at a time on this machine."""
    return _over_parts(f"{evaluation.name}: latency", LATENCY, evaluation, "One question at a time.")


def by_type(evaluation: Evaluation) -> Table:
    """A few metrics for each type of question, over the whole set."""
    metrics = [METRICS[name] for name in _BY_TYPE]
    scored = evaluation.run.scored
    rows = []
    for kind in dict.fromkeys(question.type for question in scored):
        of_kind = [question for question in scored if question.type == kind]
        rows.append([kind, str(len(of_kind)), *(_value(metric, of_kind) for metric in metrics)])
    head = ["type", "questions", *(metric.title for metric in metrics)]
    return Table(f"{evaluation.name}: by question type", head, rows)


def against_baselines(evaluation: Evaluation) -> Table:
    """The product's ranking beside every baseline's, over the test half and the whole set."""
    searches = [Baseline("this product", evaluation.run.scored), *evaluation.baselines]
    rows = [
        [search.name, part, *(_value(metric, part_of(search.scored, part)) for metric in RANKING)]
        for part in ("test", "all")
        for search in searches
    ]
    head = ["search", "over", *(metric.title for metric in RANKING)]
    note = "A baseline's chunk counts for every paragraph of which it holds at least half, by word 5-grams."
    return Table(f"{evaluation.name}: baselines", head, rows, note)


def comparison(evaluation: Evaluation, other: Baseline) -> Table:
    """Wins, losses and the difference against a baseline, over the test half and the whole set."""
    rows = [
        [result.metric.title, part, *_paired(result)]
        for part in ("test", "all")
        for result in evaluation.comparisons(other, part)
    ]
    head = ["metric", "over", *_PAIRED]
    return Table(f"{evaluation.name}: compared with {other.name}", head, rows, _INTERVALS)


def against_base(name: str, compared: RunComparison, protected: Collection[str] = ()) -> Table:
    """Each metric now and in the base with the verdict; protected metrics are marked."""
    rows = []
    for each in compared.metrics:
        title = each.metric.title + (" (protected)" if each.metric.name in protected else "")
        if each.paired is None:
            rows.append([title, *[_NOTHING] * len(_PAIRED[:-1]), each.verdict])
        else:
            rows.append([title, *_paired(each.paired)])
    note = f"{compared.both} questions of both runs." + (f" {compared.head_only} are new." * bool(compared.head_only))
    partly = [f"{each.metric.title} {each.base_only + each.head_only}" for each in compared.metrics if each.is_partial]
    note += f" Measured in one run alone, and left out: {', '.join(partly)}." if partly else ""
    return Table(f"{name} against {compared.base}", ["metric", *_PAIRED], rows, f"{note} {_INTERVALS}")


_PAIRED = ("now", "then", "difference", "won/lost/tied", "verdict")
_INTERVALS = (
    f"In brackets: {LEVEL:.0%} bootstrap intervals of the difference, question by question, clustered by cable; "
    f"fewer than {LEAST_CLUSTERS} cables show nothing."
)


def _paired(result: PairedComparison) -> list[str]:
    figures = [result.metric.formatted(value) for value in (result.first, result.second)]
    return [*figures, result.told, f"{result.wins}/{result.losses}/{result.ties}", result.verdict]


def _over_parts(title: str, metrics: Iterable[Metric], evaluation: Evaluation, note: str) -> Table:
    rows = []
    for metric in metrics:
        cells = [figure(metric, part_of(evaluation.run.scored, part)) for part in PARTS]
        if cells[0] is not None:
            rows.append([metric.title, str(cells[0].questions), *(str(cell or _NOTHING) for cell in cells)])
    sizes = [f"{part} ({len(part_of(evaluation.run.scored, part))})" for part in PARTS]
    note += f" In brackets: {LEVEL:.0%} percentile bootstrap intervals."
    return Table(title, ["metric", "questions", *sizes], rows, note)


def _question_counts(evaluation: Evaluation) -> str:
    run = evaluation.run
    note = f"{len(run.questions)} questions asked."
    if run.skipped:
        note += f" {len(run.skipped)} skipped: the archive lacks a cable their evidence is in."
    if run.unknown_keys:
        note += f" Gold keys the archive has no paragraph for: {', '.join(run.unknown_keys)}."
    return note


def _value(metric: Metric, scored: Sequence[ScoredQuestion]) -> str:
    scores = values(scored, metric.score)
    return metric.formatted(metric.of(scores)) if scores else _NOTHING
