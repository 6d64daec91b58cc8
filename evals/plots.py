"""Plots of an evaluation as PNG images."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from evals.baselines import Baseline
from evals.bootstrap import Figure, figure
from evals.evaluation import Evaluation, part_of
from evals.extras import import_extra
from evals.history import on_same_questions
from evals.metrics import METRICS, values
from evals.ranking import RECALL_DEPTHS

_SIZE = (6.4, 3.6)  # inches
_DPI = 110
_BY_VERSION = ("recall@5", "mrr", "fact_recall", "citation_precision", "false_abstention")


def plots(evaluation: Evaluation) -> dict[str, bytes]:
    """The plots of one golden set: what each shows, with its PNG.

    Raises:
        BadInput: the package matplotlib is missing.
    """
    shown = {
        f"{evaluation.name}: share of the required evidence found, by depth": recall_by_depth(evaluation),
        f"{evaluation.name}: recall@5 and MRR over the halves, with intervals": halves(evaluation),
        f"{evaluation.name}: milliseconds a question": latencies(evaluation),
    }
    if len(evaluation.history) > 1:
        shown[f"{evaluation.name}: by version, on the questions that are the same today"] = versions(evaluation)
    return shown


def recall_by_depth(evaluation: Evaluation) -> bytes:
    """Recall at every depth over the test half, of the product and every baseline."""
    drawing, axes = _axes()
    for search in (Baseline("this product", evaluation.run.scored), *evaluation.baselines):
        points = [figure(METRICS[f"recall@{depth}"], part_of(search.scored, "test")) for depth in RECALL_DEPTHS]
        heights = [point.value for point in points if point is not None]
        if len(heights) == len(RECALL_DEPTHS):
            axes.plot(range(len(heights)), heights, marker="o", label=search.name)
    axes.set_xticks(range(len(RECALL_DEPTHS)), [str(depth) for depth in RECALL_DEPTHS])
    axes.set_xlabel("paragraphs (chunks) read, test half")
    axes.set_ylabel("recall")
    axes.set_ylim(0, 1.02)
    _legend(axes, "lower right")
    return _png(drawing)


def halves(evaluation: Evaluation) -> bytes:
    """Recall@5 and MRR with their intervals."""
    drawing, axes = _axes()
    labels: list[str] = []
    shown: list[Figure] = []
    for metric in (METRICS["recall@5"], METRICS["mrr"]):
        for part in ("tune", "test"):
            point = figure(metric, part_of(evaluation.run.scored, part))
            if point is not None:
                labels.append(f"{metric.title}\n{part}")
                shown.append(point)
    below = [point.value - point.interval.low for point in shown]
    above = [point.interval.high - point.value for point in shown]
    axes.bar(labels, [point.value for point in shown], yerr=[below, above], capsize=4, color="#7a93b8")
    axes.set_ylim(0, 1.02)
    return _png(drawing)


def latencies(evaluation: Evaluation) -> bytes:
    """The distribution of the times of single questions."""
    drawing, axes = _axes()
    for score, label in (("latency_ms", "whole answer"), ("retrieval_ms", "retrieval alone")):
        milliseconds: Sequence[float] = values(evaluation.run.scored, score)
        if milliseconds:
            axes.hist(milliseconds, bins=24, alpha=0.6, label=label)
    axes.set_xlabel("ms")
    axes.set_ylabel("questions")
    _legend(axes)
    return _png(drawing)


def versions(evaluation: Evaluation) -> bytes:
    """A few figures of every run that was kept, with intervals; what a run did not measure has no point."""
    drawing, axes = _axes()
    runs = [(run.name, on_same_questions(run, evaluation.run.scored)) for run in evaluation.history]
    for name in _BY_VERSION:
        points = [(place, figure(METRICS[name], scored)) for place, (_, scored) in enumerate(runs)]
        shown = [(place, point) for place, point in points if point is not None]
        if shown:
            places, figures = zip(*shown, strict=True)
            below = [point.value - point.interval.low for point in figures]
            above = [point.interval.high - point.value for point in figures]
            heights = [point.value for point in figures]
            axes.errorbar(places, heights, yerr=[below, above], marker="o", capsize=3, label=METRICS[name].title)
    labels = [f"{name.replace('_', chr(10))}\n{len(scored)} questions" for name, scored in runs]
    axes.set_xticks(range(len(runs)), labels, fontsize=6)
    axes.set_ylim(0, 1.02)
    _legend(axes)
    return _png(drawing)


def _axes() -> tuple[Any, Any]:
    # Unlike pyplot, a bare Figure needs no display and no global state.
    drawing = import_extra("matplotlib.figure").Figure(figsize=_SIZE, dpi=_DPI, layout="constrained")
    return drawing, drawing.subplots()


def _legend(axes: Any, where: str = "best") -> None:
    if axes.get_legend_handles_labels()[0]:
        axes.legend(loc=where)


def _png(drawing: Any) -> bytes:
    image = BytesIO()
    drawing.savefig(image, format="png")
    return image.getvalue()
