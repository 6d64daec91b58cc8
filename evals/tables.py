"""The tables of an evaluation."""

from collections.abc import Iterable, Sequence

from evals.baselines import Baseline
from evals.bootstrap import LEVEL, figure
from evals.evaluation import PARTS, Evaluation, part_of
from evals.metrics import ANSWERING, LATENCY, METRICS, RANKING, Metric, Scored
from evals.table import Table

_BY_TYPE = ("recall@1", "recall@5", "mrr", "citation_precision", "citation_recall", "fact_recall", "abstention")
_NOTHING = "–"


def tables(evaluation: Evaluation) -> list[Table]:
    """All tables of one golden set, the most wanted first."""
    others = [*evaluation.baselines, *([evaluation.stored] if evaluation.stored else [])]
    return [
        figures(evaluation),
        *([against_baselines(evaluation)] if evaluation.baselines else []),
        *(comparison(evaluation, other) for other in others),
        by_type(evaluation),
        latency(evaluation),
    ]


def figures(evaluation: Evaluation) -> Table:
    """Each metric over the whole set and its halves, with intervals."""
    metrics = (*RANKING, *ANSWERING)
    return _over_parts(f"{evaluation.name}: figures", metrics, evaluation, _counted(evaluation))


def latency(evaluation: Evaluation) -> Table:
    """Milliseconds a question, one after the other on this machine."""
    return _over_parts(f"{evaluation.name}: latency", LATENCY, evaluation, "One question at a time.")


def by_type(evaluation: Evaluation) -> Table:
    """A few metrics for each type of question, over the whole set."""
    metrics = [METRICS[name] for name in _BY_TYPE]
    scored = evaluation.run.scored
    rows = []
    for kind in dict.fromkeys(each.type for each in scored):
        some = [each for each in scored if each.type == kind]
        rows.append([kind, str(len(some)), *(_value(metric, some) for metric in metrics)])
    head = ["type", "questions", *(metric.title for metric in metrics)]
    return Table(f"{evaluation.name}: by question type", head, rows)


def against_baselines(evaluation: Evaluation) -> Table:
    """Our ranking beside every baseline's, over the test half and the whole set."""
    ways = [Baseline("this product", evaluation.run.scored), *evaluation.baselines]
    rows = [
        [way.name, part, *(_value(metric, part_of(way.scored, part)) for metric in RANKING)]
        for part in ("test", "all")
        for way in ways
    ]
    head = ["search", "over", *(metric.title for metric in RANKING)]
    note = "A baseline's chunk counts for every paragraph of which it holds at least half, by word 5-grams."
    return Table(f"{evaluation.name}: baselines", head, rows, note)


def comparison(evaluation: Evaluation, other: Baseline) -> Table:
    """Wins, losses and p-value against another run, over the test half and the whole set."""
    rows = [
        [
            each.metric.title,
            part,
            str(each.wins),
            str(each.losses),
            str(each.ties),
            f"{each.difference:+.3f}",
            _chance(each.p_value),
        ]
        for part in ("test", "all")
        for each in evaluation.comparisons(other, part)
    ]
    head = ["metric", "over", "wins", "losses", "ties", "mean difference", "p"]
    note = "p: two-sided exact sign test, question by question, not corrected for the number of metrics."
    return Table(f"{evaluation.name}: compared with {other.name}", head, rows, note)


def _over_parts(title: str, metrics: Iterable[Metric], evaluation: Evaluation, note: str) -> Table:
    rows = []
    for metric in metrics:
        cells = [figure(metric, part_of(evaluation.run.scored, part)) for part in PARTS]
        if cells[0] is not None:
            rows.append([metric.title, str(cells[0].questions), *(str(cell or _NOTHING) for cell in cells)])
    sizes = [f"{part} ({len(part_of(evaluation.run.scored, part))})" for part in PARTS]
    note += f" In brackets: {LEVEL:.0%} percentile bootstrap intervals."
    return Table(title, ["metric", "questions", *sizes], rows, note)


def _chance(p_value: float) -> str:
    return "<0.0001" if p_value < 0.0001 else f"{p_value:.4f}"


def _counted(evaluation: Evaluation) -> str:
    run = evaluation.run
    note = f"{len(run.asked)} questions asked."
    if run.skipped:
        note += f" {len(run.skipped)} skipped: the archive lacks a cable their evidence is in."
    if run.unknown:
        note += f" Gold keys the archive has no paragraph for: {', '.join(run.unknown)}."
    return note


def _value(metric: Metric, scored: Sequence[Scored]) -> str:
    found = [each.scores[metric.score] for each in scored if metric.score in each.scores]
    return metric.printed(metric.of(found)) if found else _NOTHING
