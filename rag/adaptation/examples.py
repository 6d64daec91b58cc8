"""Pairs as the training sees them: texts in batches."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rag.adaptation.pairs import Pair


@dataclass(frozen=True, slots=True)
class Example:
    """A text, the text that answers it, and one near it that does not."""

    cable_id: str
    asking: str
    answer: str
    near: str


def examples(pairs: Sequence[Pair], texts: Mapping[str, tuple[str, str]], turn: int) -> list[Example]:
    """One example a pair; every `turn` takes the next of its near paragraphs.

    `texts` holds for each key the paragraph with its context and without.
    """
    found: list[Example] = []
    for number, pair in enumerate(pairs):
        form = 1 if pair.bare else 0
        near = pair.near[(number + turn) % len(pair.near)]
        found.append(Example(pair.cable_id, pair.text, texts[pair.key][form], texts[near][form]))
    return found


def batches(found: Sequence[Example], size: int, seed: int) -> Iterator[list[Example]]:
    """Shuffled batches of `size`; no two examples of a batch are of one cable, for they may answer each other.

    Examples that fit no full batch at the end are left out of this round.
    """
    waiting = list(found)
    random.Random(seed).shuffle(waiting)  # noqa: S311 - no secret
    while waiting:
        batch: dict[str, Example] = {}
        left: list[Example] = []
        for position, example in enumerate(waiting):
            if len(batch) == size:
                left += waiting[position:]
                break
            if example.cable_id in batch:
                left.append(example)
            else:
                batch[example.cable_id] = example
        if len(batch) < size:
            return
        yield list(batch.values())
        waiting = left
