"""Finding training pairs in an archive with its own indexes: no labels, no network."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, zip_longest

import numpy as np
from numpy.typing import NDArray

from rag.adaptation.pairs import Asking, Pair, askings, common_headings
from rag.cable import Cable
from rag.catalog_reader import CatalogReader
from rag.embedding import SentenceEmbeddings
from rag.filters import Filters
from rag.lexical import LexicalIndex
from rag.vectors import VectorIndex

Vectors = Mapping[str, NDArray[np.float32]]
"""For each paragraph's key the unit vectors of its windows, shape (windows, dimensions)."""

_LEAST_COSINE = 0.35  # below it a best paragraph is merely the least bad
_DEPTH = 30
_NEAR = 3  # negatives kept a pair
_TOO_NEAR = 0.95  # share of the right paragraph's cosine; what is nearer may well be right too (arXiv:2407.15831)
_SAMPLED = 2000  # cables in which common headings are looked for
_SURE = 0.6  # cosine from which the nearest paragraph counts although its words are not the likeliest


class PairMiner:
    """Mines the pairs of an archive whose indexes were made with `embeddings`."""

    def __init__(
        self, catalog: CatalogReader, vectors: VectorIndex, lexical: LexicalIndex, embeddings: SentenceEmbeddings
    ) -> None:
        self._catalog = catalog
        self._vectors = vectors
        self._lexical = lexical
        self._embeddings = embeddings

    def pairs(self, cable_ids: Sequence[str]) -> Iterator[list[Pair]]:
        """For each of these cables in turn the pairs whose texts stand in it."""
        common = common_headings(self._cables(cable_ids[:_SAMPLED]))
        for cable_id in cable_ids:
            cable = self._catalog.cable(cable_id)
            if cable is None:  # gone meanwhile
                yield []
                continue
            referred = list(self._cables(each for each in cable.references if each != cable_id))
            yield self._of_cable(list(askings(cable, common, referred)), [cable, *referred])

    def _cables(self, ids: Iterable[str]) -> Iterator[Cable]:
        return (cable for each in ids if (cable := self._catalog.cable(each)) is not None)

    def _of_cable(self, asking: Sequence[Asking], cables: Sequence[Cable]) -> list[Pair]:
        if not asking:
            return []
        own = self._held([str(cable.id) for cable in cables])
        asked = self._embeddings.encode([each.text for each in asking])
        pairs: list[Pair] = []
        for each, vector in zip(asking, asked, strict=True):
            if (key := self._answering(each, vector, own)) is not None:
                cosine = _cosine(own[key], vector)
                near = self._near(each, vector, cosine, {str(cable.id) for cable in cables})
                sibling = _sibling(each, key, vector, cosine, own)
                bare = each.kind in ("subject", "heading")
                pairs.append(Pair(each.kind, each.text, each.cable_id, key, each.among, (*near, *sibling), bare))
        return pairs

    def _held(self, cable_ids: Sequence[str]) -> Vectors:
        rows: dict[str, list[NDArray[np.float32]]] = {}
        for window, vector in self._vectors.held(cable_ids):
            rows.setdefault(window.key, []).append(vector)
        return {key: np.asarray(vectors, dtype=np.float32) for key, vectors in rows.items()}

    def _answering(self, asking: Asking, vector: NDArray[np.float32], own: Vectors) -> str | None:
        """The paragraph that is best by meaning and by words, or by meaning so clearly that words do not matter."""
        cosines = {key: _cosine(own[key], vector) for key in asking.among if key in own}
        if not cosines:
            return None
        best = max(cosines, key=lambda key: cosines[key])
        if len(asking.among) == 1 and asking.kind == "heading":
            return best
        among = Filters(cables=frozenset(key.partition("#")[0] for key in asking.among))
        hits = [hit.key for hit in self._lexical.search(asking.text, _DEPTH, among) if hit.key in cosines]
        agreed = bool(hits) and hits[0] == best
        return best if cosines[best] >= (_LEAST_COSINE if agreed else _SURE) else None

    def _near(self, asking: Asking, vector: NDArray[np.float32], cosine: float, related: set[str]) -> Iterator[str]:
        """Paragraphs of other cables that the indexes would offer for the text, the hardest first."""
        by_meaning = {hit.key: hit.score for hit in self._vectors.search(vector.tolist(), _DEPTH, Filters())}
        by_words = [hit.key for hit in self._lexical.search(asking.text, _DEPTH, Filters())]
        taken = (key for both in zip_longest(by_meaning, by_words) for key in both if key is not None)
        hard = (
            key
            for key in dict.fromkeys(taken)
            if key.partition("#")[0] not in related and by_meaning.get(key, 0.0) < _TOO_NEAR * cosine
        )
        return islice(hard, _NEAR)


def _sibling(asking: Asking, key: str, vector: NDArray[np.float32], cosine: float, own: Vectors) -> tuple[str, ...]:
    others = {each: _cosine(own[each], vector) for each in asking.among if each != key and each in own}
    clear = {each: near for each, near in others.items() if near < 0.8 * cosine}
    return (max(clear, key=lambda each: clear[each]),) if clear else ()


def _cosine(windows: NDArray[np.float32], vector: NDArray[np.float32]) -> float:
    return float((windows @ vector).max())
