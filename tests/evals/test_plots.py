from evals.evaluation import Evaluation
from evals.metrics import ScoredQuestion
from evals.plots import plots
from evals.run import Run


def test_every_plot_is_a_png_even_without_scores() -> None:
    scores = {"recall@1": 0.0, "recall@5": 1.0, "recall@10": 1.0, "recall@20": 1.0, "mrr": 0.5, "latency_ms": 30.0}
    for scored in ((ScoredQuestion("a", "fact", "test", scores),), ()):
        images = plots(Evaluation(Run("harbour", (), (), scored)))
        assert len(images) == 3
        assert all(title.startswith("harbour: ") for title in images)
        assert all(image.startswith(b"\x89PNG") for image in images.values())
