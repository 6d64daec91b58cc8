"""Evaluates an encoder on held-out pairs."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.adaptation.pairs import Pair
from rag.domain.paragraph_key import cable_id_of

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
"""Unit vectors of texts, shape (len(texts), dimensions)."""

_TOP = 5


@dataclass(frozen=True, slots=True)
class Ranks:
    """Mean reciprocal rank of the best relevant paragraph, and the share of pairs with one among the first five."""

    mrr: float
    recall: float


class HeldOut:
    """Held-out pairs with the paragraphs that are ranked for them.

    Every paragraph in the place of the answer is relevant: all those under a heading, or in the body that a summary
    condenses. `Pair.key` alone would not do. The encoder to be adapted chose it, so no other could score better.
    """

    def __init__(self, pairs: Sequence[Pair], pool: Mapping[str, str]) -> None:
        """`pool` are the paragraphs to rank, by key: all relevant ones and others."""
        column = {key: number for number, key in enumerate(pool)}
        self.pairs = tuple(pairs)
        self._texts = tuple(pool.values())
        self._relevant = np.zeros((len(self.pairs), len(pool)), dtype=bool)
        for row, pair in zip(self._relevant, self.pairs, strict=True):
            row[[column[key] for key in pair.among]] = True

    def ranks(self, encode: Encode) -> Ranks:
        """The figures of one encoder."""
        paragraphs = encode(self._texts)
        cosines = encode([pair.text for pair in self.pairs]) @ paragraphs.T
        best = np.where(self._relevant, cosines, -np.inf).max(axis=1, keepdims=True)
        ranks = 1 + ((cosines > best) & ~self._relevant).sum(axis=1)
        return Ranks(float((1 / ranks).mean()), float((ranks <= _TOP).mean()))


def is_held_out(cable_id: str, share: float) -> bool:
    """Whether a cable is held out. This depends on a digest of its id only, so it never changes."""
    digest = hashlib.sha256(cable_id.encode()).digest()
    return int.from_bytes(digest[:4]) < share * 2**32


def split(pairs: Iterable[Pair], share: float) -> tuple[list[Pair], list[Pair]]:
    """Training pairs and held-out pairs; pairs of a held-out and another cable are dropped."""
    training: list[Pair] = []
    held_out: list[Pair] = []
    for pair in pairs:
        sides = {is_held_out(cable_id, share) for cable_id in (pair.cable_id, cable_id_of(pair.key))}
        if len(sides) == 1:
            (held_out if True in sides else training).append(pair)
    return training, held_out
