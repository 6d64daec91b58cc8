"""Whether an encoder got better: held-out texts against the paragraphs of held-out cables."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.adaptation.pairs import Pair

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
"""Unit vectors of texts, shape (len(texts), dimensions)."""

_TOP = 5


@dataclass(frozen=True, slots=True)
class Ranks:
    """How well the right paragraphs were found: mean reciprocal rank and the share among the first five."""

    mrr: float
    recall: float


class HeldOut:
    """Held-out pairs with the paragraphs they are looked for in.

    Right is any paragraph that stands where the answer must be: under the heading, in the body that the summary sums
    up. Which of them it is was found by the encoder to be adapted, and none could be better than it at that.
    """

    def __init__(self, pairs: Sequence[Pair], pool: Mapping[str, str]) -> None:
        """`pool` holds texts by key, those among which the answers stand and others."""
        place = {key: number for number, key in enumerate(pool)}
        self.pairs = tuple(pairs)
        self._texts = tuple(pool.values())
        self._right = np.zeros((len(self.pairs), len(pool)), dtype=bool)
        for row, pair in zip(self._right, self.pairs, strict=True):
            row[[place[key] for key in pair.among]] = True

    def ranks(self, encode: Encode) -> Ranks:
        """The figures of one encoder."""
        paragraphs = encode(self._texts)
        cosines = encode([pair.text for pair in self.pairs]) @ paragraphs.T
        best = np.where(self._right, cosines, -np.inf).max(axis=1, keepdims=True)
        ranks = 1 + ((cosines > best) & ~self._right).sum(axis=1)
        return Ranks(float((1 / ranks).mean()), float((ranks <= _TOP).mean()))


def is_held_out(cable_id: str, share: float) -> bool:
    """Whether a cable is kept from learning: by the digest of its id, so always the same ones."""
    digest = hashlib.sha256(cable_id.encode()).digest()
    return int.from_bytes(digest[:4]) < share * 2**32


def split(pairs: Iterable[Pair], share: float) -> tuple[list[Pair], list[Pair]]:
    """Pairs to learn from and held-out pairs; those that touch cables of both sides are dropped."""
    learned: list[Pair] = []
    held: list[Pair] = []
    for pair in pairs:
        sides = {is_held_out(cable_id, share) for cable_id in (pair.cable_id, pair.key.partition("#")[0])}
        if len(sides) == 1:
            (held if True in sides else learned).append(pair)
    return learned, held
