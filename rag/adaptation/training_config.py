"""The hyperparameters of an adaptation."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """Hyperparameters, chosen on the `tune` halves of the golden sets."""

    rate: float = 5e-5
    """Peak learning rate of AdamW; it rises over the first tenth of the steps and falls to 0 over the rest."""
    batch: int = 16
    scale: float = 20.0
    """Cosines are multiplied by it before the softmax."""
    epochs: int = 2
    tokens: int = 128
    """Longer texts are truncated in training; indexing always encodes whole windows."""
    held_out: float = 0.12
    """Share of the cables that are not trained on."""
    checks: int = 4
    """How many times in an epoch the held-out pairs are evaluated."""
    patience: int = 3
    """Training stops after this many checks in a row without a new best."""
    least_pairs: int = 400
    """With fewer training pairs the encoder overfits."""
    least_held_out: int = 40
    """With fewer held-out pairs a gain may be chance."""
    least_gain: float = 0.005
    """With a smaller rise in held-out MRR the original encoder is kept."""
    most_pairs: int = 12_000
    """Mining stops at this many pairs; a few thousand suffice."""
    seed: int = 7
