"""Training examples: triplets of texts, in batches."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rag.adaptation.pairs import Pair


@dataclass(frozen=True, slots=True)
class Example:
    """A triplet: a text, a text that answers it, and a similar one that does not."""

    cable_id: str
    anchor: str
    positive: str
    negative: str


def examples(pairs: Sequence[Pair], texts: Mapping[str, tuple[str, str]], epoch: int) -> list[Example]:
    """One example for each pair; each `epoch` takes the next of the pair's near paragraphs.

    `texts` maps a key to the paragraph's text with its context and without.
    """
    triplets: list[Example] = []
    for number, pair in enumerate(pairs):
        form = 1 if pair.bare else 0
        negative = pair.near[(number + epoch) % len(pair.near)]
        triplets.append(Example(pair.cable_id, pair.text, texts[pair.key][form], texts[negative][form]))
    return triplets


def batches(triplets: Sequence[Example], size: int, seed: int) -> Iterator[list[Example]]:
    """Shuffled batches of `size` examples. No two of a batch are of one cable, because they may answer each other.

    Examples that fill no batch at the end are left out of this epoch.
    """
    waiting = list(triplets)
    random.Random(seed).shuffle(waiting)  # noqa: S311 - no secret
    while waiting:
        batch: dict[str, Example] = {}
        remaining: list[Example] = []
        for position, example in enumerate(waiting):
            if len(batch) == size:
                remaining += waiting[position:]
                break
            if example.cable_id in batch:
                remaining.append(example)
            else:
                batch[example.cable_id] = example
        if len(batch) < size:
            return
        yield list(batch.values())
        waiting = remaining
