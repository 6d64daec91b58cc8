"""How an encoder is adapted."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
    """The numbers of one adaptation; chosen on the `tune` halves of the golden sets."""

    rate: float = 5e-5
    """Peak learning rate of AdamW; it rises over the first tenth of the steps and falls to 0 over the rest."""
    batch: int = 16
    scale: float = 20.0
    """Cosines are multiplied by it before the softmax."""
    epochs: int = 2
    tokens: int = 128
    """Longer texts are cut to it while learning; indexing always sees whole windows."""
    held_out: float = 0.12
    """Share of the cables that nothing is learned from."""
    checks: int = 4
    """How often an epoch the held-out pairs are looked at."""
    patience: int = 3
    """How many checks in a row may pass without a new best before training stops."""
    least_pairs: int = 400
    """Fewer pairs to learn from teach the encoder their words by heart and little else."""
    least_held_out: int = 40
    """Fewer held-out pairs cannot tell a gain from luck."""
    least_gain: float = 0.005
    """The rise in held-out MRR below which the original encoder is kept."""
    most_pairs: int = 12_000
    """More are not needed: a few thousand show what there is to learn."""
    seed: int = 7
