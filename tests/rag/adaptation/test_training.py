"""When training stops and which weights it returns; test_adapt trains a real encoder."""

from collections.abc import Sequence
from typing import Any

from rag.adaptation.examples import Example
from rag.adaptation.training import Trainer, train
from rag.adaptation.training_config import TrainingConfig

EXAMPLES = [Example(f"08QUILL{number}", f"query {number}", "positive", "negative") for number in range(20)]
CONFIG = TrainingConfig(batch=2, epochs=2, checks=5, patience=3)


class CountingTrainer(Trainer):
    """Its weights are the number of steps so far."""

    def __init__(self) -> None:
        self.steps = 0

    def step(self, batch: Sequence[Example]) -> float:
        assert len(batch) == CONFIG.batch
        self.steps += 1
        return 0.0

    def weights(self) -> dict[str, Any]:
        return {"steps": self.steps}


def trained(figures: Sequence[float]) -> tuple[CountingTrainer, dict[str, Any], list[int]]:
    """Train two epochs of ten steps; `figures` are the results of the checks, one every two steps."""
    trainer, results, progress = CountingTrainer(), iter(figures), list[int]()
    weights = train(trainer, [EXAMPLES, EXAMPLES], CONFIG, 20, lambda: next(results), progress.append)
    return trainer, weights, progress


def test_the_weights_of_the_best_check_are_returned() -> None:
    trainer, weights, progress = trained([0.5, 0.6, 0.5, 0.8, 0.7, 0.7, 0.9, 0.8, 0.8, 0.85, 0.8])
    assert weights == {"steps": 12}
    assert trainer.steps == 18  # three checks without a gain ended it
    assert progress == list(range(1, 19))


def test_training_goes_on_while_the_figure_rises() -> None:
    trainer, weights, _ = trained([number / 20 for number in range(11)])
    assert trainer.steps == 20 and weights == {"steps": 20}


def test_the_first_weights_are_not_returned_even_if_training_makes_them_worse() -> None:
    _, weights, _ = trained([0.9, 0.3, 0.2, 0.1, 0.1])
    assert weights == {"steps": 2}
