"""Contrastive training of the encoder, with in-batch negatives and a hard negative for each example.

The loss is sentence-transformers' MultipleNegativesRankingLoss (arXiv:1705.00652). The loop is here because the
library's trainer needs two more packages and writes checkpoints of its own.
"""

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from rag.adaptation.examples import Example, batches
from rag.adaptation.training_config import TrainingConfig

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

_WARM_UP = 0.1
_LARGEST_GRADIENT = 1.0
_BATCH = 32


class Trainer:
    """An encoder in training. Its weights are float32; it computes in bfloat16 if the CPU supports that."""

    def __init__(self, folder: Path, config: TrainingConfig, steps: int) -> None:
        """`steps` is the maximum number of steps; the learning rate falls to 0 at the last."""
        import torch
        from sentence_transformers import SentenceTransformer
        from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss

        torch.manual_seed(config.seed)
        device = "cuda" if torch.cuda.is_available() else "cpu"
        self._model: SentenceTransformer = SentenceTransformer(str(folder), device=device, local_files_only=True)
        self._config = config
        self._loss = MultipleNegativesRankingLoss(self._model, scale=config.scale)
        # The word embeddings are frozen: an archive is too small to train them, and they are half of the weights.
        self._parameters = _trainable_parameters(self._model)
        self._optimizer = torch.optim.AdamW(self._parameters, lr=config.rate, weight_decay=0.01)
        self._schedule = torch.optim.lr_scheduler.LambdaLR(self._optimizer, lambda step: _rate(step, steps))

    def step(self, batch: Sequence[Example]) -> float:
        """Train on one batch; returns the loss."""
        import torch

        self._model.train()
        columns = zip(*((example.anchor, example.positive, example.negative) for example in batch), strict=True)
        features = [self._features(list(texts)) for texts in columns]
        with self._precision():
            loss: torch.Tensor = self._loss(features, None)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self._parameters, _LARGEST_GRADIENT)
        self._optimizer.step()
        self._schedule.step()
        self._optimizer.zero_grad()
        return float(loss.detach())

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors by the current weights, shape (len(texts), dimensions)."""
        self._model.eval()
        with self._precision():
            vectors = self._model.encode(
                list(texts), batch_size=_BATCH, show_progress_bar=False, normalize_embeddings=True
            )
        return np.asarray(vectors, dtype=np.float32)

    def weights(self) -> dict[str, Any]:
        """A copy of the weights."""
        return {name: value.detach().clone() for name, value in self._model.state_dict().items()}

    def save(self, folder: Path, weights: dict[str, Any]) -> None:
        """Write the encoder with these weights as a sentence-transformers folder."""
        self._model.load_state_dict(weights)
        self._model.save(str(folder), create_model_card=False)

    def _features(self, texts: list[str]) -> dict[str, Any]:
        features = self._model.preprocess(texts)
        width = self._config.tokens
        return {
            name: value[:, :width].to(self._model.device) if getattr(value, "ndim", 0) == 2 else value
            for name, value in features.items()
        }

    def _precision(self) -> "torch.autocast":
        import torch

        native = self._model.device.type == "cpu" and torch.cpu._is_avx512_bf16_supported()
        return torch.autocast("cpu", dtype=torch.bfloat16, enabled=native)


def train(
    trainer: Trainer,
    epochs: Sequence[Sequence[Example]],
    config: TrainingConfig,
    steps: int,
    check: Callable[[], float],
    progress: Callable[[int], None],
) -> dict[str, Any]:
    """Train until the result of `check` no longer rises; it is called a few times in each epoch.

    `epochs` are the examples of each epoch. Returns the weights with the best check after the first step.
    """
    check()
    best, best_weights, checks_without_gain = -math.inf, trainer.weights(), 0
    done, interval = 0, max(1, steps // (config.epochs * config.checks))
    for epoch, examples in enumerate(epochs):
        for batch in batches(examples, config.batch, config.seed + epoch):
            trainer.step(batch)
            done += 1
            progress(done)
            if done % interval:
                continue
            figure = check()
            checks_without_gain = 0 if figure > best else checks_without_gain + 1
            if figure > best:
                best, best_weights = figure, trainer.weights()
            if checks_without_gain >= config.patience:
                return best_weights
    return best_weights


def _trainable_parameters(model: "SentenceTransformer") -> "list[torch.nn.Parameter]":
    for name, parameter in model.named_parameters():
        if "word_embeddings" in name:
            parameter.requires_grad = False
    return [parameter for parameter in model.parameters() if parameter.requires_grad]


def _rate(step: int, steps: int) -> float:
    warm = max(1, math.ceil(_WARM_UP * steps))
    if step < warm:
        return (step + 1) / warm
    return max(0.0, (steps - step) / max(1, steps - warm))
