"""Contrastive training of the encoder: the right paragraph against those of the batch and a near miss each.

The loss is sentence-transformers' MultipleNegativesRankingLoss (arXiv:1705.00652). Its trainer needs two more
packages and writes checkpoints of its own, so the loop is here.
"""

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from rag.adaptation.examples import Example, batches
from rag.adaptation.recipe import Recipe

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

_WARM_UP = 0.1
_LARGEST_GRADIENT = 1.0
_BATCH = 32


class Learner:
    """An encoder that learns: float32 weights, computed in bfloat16 where the CPU has it."""

    def __init__(self, folder: Path, recipe: Recipe, steps: int) -> None:
        """`steps` is how many there will be at most; the learning rate is 0 after them."""
        import torch
        from sentence_transformers import SentenceTransformer
        from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss

        torch.manual_seed(recipe.seed)
        device = "cuda" if torch.cuda.is_available() else "cpu"
        self._model: SentenceTransformer = SentenceTransformer(str(folder), device=device, local_files_only=True)
        self._recipe = recipe
        self._loss = MultipleNegativesRankingLoss(self._model, scale=recipe.scale)
        # The word embeddings stay: an archive is too small to move them, and they are half of the weights.
        self._parameters = _above_the_words(self._model)
        self._optimizer = torch.optim.AdamW(self._parameters, lr=recipe.rate, weight_decay=0.01)
        self._schedule = torch.optim.lr_scheduler.LambdaLR(self._optimizer, lambda step: _rate(step, steps))

    def step(self, batch: Sequence[Example]) -> float:
        """Learn from one batch; returns the loss."""
        import torch

        self._model.train()
        columns = zip(*((each.asking, each.answer, each.near) for each in batch), strict=True)
        features = [self._features(list(texts)) for texts in columns]
        with self._precision():
            loss: torch.Tensor = self._loss(features, None)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._parameters, _LARGEST_GRADIENT)
        self._optimizer.step()
        self._schedule.step()
        self._optimizer.zero_grad()
        return float(loss.detach())

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors by the encoder as it is now, shape (len(texts), dimensions)."""
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
        width = self._recipe.tokens
        return {
            name: value[:, :width].to(self._model.device) if getattr(value, "ndim", 0) == 2 else value
            for name, value in features.items()
        }

    def _precision(self) -> "torch.autocast":
        import torch

        native = self._model.device.type == "cpu" and torch.cpu._is_avx512_bf16_supported()
        return torch.autocast("cpu", dtype=torch.bfloat16, enabled=native)


def train(
    learner: Learner,
    rounds: Sequence[Sequence[Example]],
    recipe: Recipe,
    steps: int,
    check: Callable[[], float],
    progress: Callable[[int], None],
) -> dict[str, Any]:
    """Train until `check` (higher is better, called a few times an epoch) no longer improves.

    `rounds` are the examples of each epoch. Returns the weights at the best check after the start.
    """
    check()
    best, kept, without = -math.inf, learner.weights(), 0
    done, every = 0, max(1, steps // (recipe.epochs * recipe.checks))
    for epoch, examples in enumerate(rounds):
        for batch in batches(examples, recipe.batch, recipe.seed + epoch):
            learner.step(batch)
            done += 1
            progress(done)
            if done % every:
                continue
            figure = check()
            without = 0 if figure > best else without + 1
            if figure > best:
                best, kept = figure, learner.weights()
            if without >= recipe.patience:
                return kept
    return kept


def _above_the_words(model: "SentenceTransformer") -> "list[torch.nn.Parameter]":
    for name, parameter in model.named_parameters():
        if "word_embeddings" in name:
            parameter.requires_grad = False
    return [parameter for parameter in model.parameters() if parameter.requires_grad]


def _rate(step: int, steps: int) -> float:
    warm = max(1, math.ceil(_WARM_UP * steps))
    if step < warm:
        return (step + 1) / warm
    return max(0.0, (steps - step) / max(1, steps - warm))
