from evals.evaluation import Evaluation
from evals.metrics import ScoredQuestion
from evals.plots import plots
from evals.run import Run
from evals.stored_run import StoredRun
from tests.evals.invented import scored as scored_by_id


def test_every_plot_is_a_png_even_without_scores() -> None:
    scores = {"recall@1": 0.0, "recall@5": 1.0, "recall@10": 1.0, "recall@20": 1.0, "mrr": 0.5, "latency_ms": 30.0}
    for scored in ((ScoredQuestion("a", "fact", "test", scores),), ()):
        images = plots(Evaluation(Run("harbour", (), (), scored)))
        assert len(images) == 3
        assert all(title.startswith("harbour: ") for title in images)
        assert all(image.startswith(b"\x89PNG") for image in images.values())


def test_runs_that_were_kept_are_plotted_by_version() -> None:
    today = tuple(scored_by_id({"a": 1.0, "b": 0.0}))
    kept = (StoredRun("2026-11-30_0.1", today[:1]), StoredRun("2026-12-01_0.2", today))
    images = plots(Evaluation(Run("harbour", (), (), today), history=kept))
    assert images["harbour: by version, on the questions that are the same today"].startswith(b"\x89PNG")
    assert len(plots(Evaluation(Run("harbour", (), (), today), history=kept[:1]))) == 3  # one run makes no line
