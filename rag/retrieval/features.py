"""The features by which paragraphs are ranked, for a linear mix."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import mul
from typing import NamedTuple

from rag.domain.paragraph_key import cable_id_of
from rag.index.vectors import ScoredKey


class Features(NamedTuple):
    """The features of one paragraph for one question, or how much each of them counts; 0 switches one off."""

    late: float = 0.0
    """Late interaction with the question, from -1 to 1."""
    dense: float = 0.0
    """Cosine of its vector and the question's."""
    words: float = 0.0
    """Its BM25 as a share of the best."""
    cable: float = 0.0
    """The best such share of another paragraph of its cable."""
    period: float = 0.0
    """1 for a cable of a time the question names, or of the months after."""
    post: float = 0.0
    """1 for a cable from a post the question names."""
    followed: float = 0.0
    """1 for a cable that the answer before the question cites."""

    def mixed(self, weights: "Features") -> float:
        """Their sum under these weights."""
        return float(sum(map(mul, self, weights)))


@dataclass(frozen=True, slots=True)
class Hits:
    """What both indexes find for a text: cosines and shares of the best BM25 by key, best first.

    `of_cables` has by cable id its two paragraphs with the best shares. What an index has not found counts as the
    `least` that it has.
    """

    dense: Mapping[str, float]
    words: Mapping[str, float]
    of_cables: Mapping[str, Sequence[tuple[str, float]]]
    least: Features

    @classmethod
    def of(cls, dense: Sequence[ScoredKey], words: Sequence[ScoredKey]) -> "Hits":
        """The hits of the vector index and of the lexical index."""
        cosines = {hit.key: hit.score for hit in dense}
        best = max((hit.score for hit in words), default=0.0) or 1.0
        shares = {hit.key: hit.score / best for hit in words}
        by_cable: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for key, share in sorted(shares.items(), key=lambda item: -item[1]):
            by_cable[cable_id_of(key)].append((key, share))
        least = min(shares.values(), default=0.0)
        return cls(
            cosines,
            shares,
            {cable_id: of_cable[:2] for cable_id, of_cable in by_cable.items()},
            Features(dense=min(cosines.values(), default=0.0), words=least, cable=least),
        )

    def holds(self, key: str) -> bool:
        """Whether an index has found this paragraph."""
        return key in self.dense or key in self.words

    def ranked(self, weights: Features) -> tuple[str, ...]:
        """The keys of all hits, best first under these weights."""
        scores = {key: self.features(key).mixed(weights) for key in (*self.dense, *self.words)}
        return tuple(sorted(scores, key=lambda key: (-scores[key], key)))

    def features(self, key: str) -> Features:
        """What the indexes say of a paragraph."""
        others = (share for other, share in self.of_cables.get(cable_id_of(key), ()) if other != key)
        return Features(
            dense=self.dense.get(key, self.least.dense),
            words=self.words.get(key, self.least.words),
            cable=next(others, self.least.cable),
        )
