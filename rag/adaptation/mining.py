"""Mines training pairs from an archive with its own indexes: without labels or network access."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, zip_longest

import numpy as np
from numpy.typing import NDArray

from rag.adaptation.pairs import Anchor, Pair, anchors, common_headings
from rag.catalog.catalog_reader import CatalogReader
from rag.domain.cable import Cable
from rag.domain.filters import Filters
from rag.domain.paragraph_key import cable_id_of
from rag.encoders.encoder import SearchEmbeddings
from rag.index.lexical import LexicalIndex
from rag.index.vectors import VectorIndex

Vectors = Mapping[str, NDArray[np.float32]]
"""The unit vectors of a paragraph's windows, shape (windows, dimensions), by paragraph key."""

_LEAST_COSINE = 0.35  # below it, the best paragraph is unlikely to answer
_DEPTH = 30
_NEGATIVES = 3  # for each pair
_TOO_NEAR = 0.95  # share of the positive's cosine; a paragraph above it may be relevant itself (arXiv:2407.15831)
_SAMPLE = 2000  # cables whose headings are counted
_SURE = 0.6  # a cosine that suffices even if the lexical index ranks another paragraph first


class PairMiner:
    """Mines the pairs of an archive whose vectors were made with `embeddings`."""

    def __init__(
        self, catalog: CatalogReader, vectors: VectorIndex, lexical: LexicalIndex, embeddings: SearchEmbeddings
    ) -> None:
        self._catalog = catalog
        self._vectors = vectors
        self._lexical = lexical
        self._embeddings = embeddings

    def pairs(self, cable_ids: Sequence[str]) -> Iterator[list[Pair]]:
        """For each of these cables, the pairs whose texts are in it."""
        common = common_headings(self._catalog.cables(cable_ids[:_SAMPLE]))
        for cable_id in cable_ids:
            cable = self._catalog.cable(cable_id)
            if cable is None:  # deleted in the meantime
                yield []
                continue
            referred = list(self._catalog.cables(other for other in cable.references if other != cable_id))
            yield self._of_cable(list(anchors(cable, common, referred)), [cable, *referred])

    def _of_cable(self, queries: Sequence[Anchor], cables: Sequence[Cable]) -> list[Pair]:
        if not queries:
            return []
        related = {str(cable.id) for cable in cables}
        windows = self._stored(sorted(related))
        encoded = self._embeddings.encode([anchor.text for anchor in queries])
        pairs: list[Pair] = []
        for anchor, vector in zip(queries, encoded, strict=True):
            if (key := self._answer(anchor, vector, windows)) is not None:
                cosine = _cosine(windows[key], vector)
                near = (
                    *self._negatives(anchor, vector, cosine, related),
                    *_sibling(anchor, key, vector, cosine, windows),
                )
                bare = anchor.kind in ("subject", "heading")
                pairs.append(Pair(anchor.kind, anchor.text, anchor.cable_id, key, anchor.among, near, bare))
        return pairs

    def _stored(self, cable_ids: Sequence[str]) -> Vectors:
        rows: dict[str, list[NDArray[np.float32]]] = {}
        for window, vector in self._vectors.stored(cable_ids):
            rows.setdefault(window.key, []).append(vector)
        return {key: np.asarray(vectors, dtype=np.float32) for key, vectors in rows.items()}

    def _answer(self, anchor: Anchor, vector: NDArray[np.float32], windows: Vectors) -> str | None:
        """The paragraph that both indexes rank first, or the nearest one by cosine if its cosine is high."""
        cosines = {key: _cosine(windows[key], vector) for key in anchor.among if key in windows}
        if not cosines:
            return None
        best = max(cosines, key=lambda key: cosines[key])
        if len(anchor.among) == 1 and anchor.kind == "heading":
            return best
        among = Filters(cables=frozenset(cable_id_of(key) for key in anchor.among))
        hits = [hit.key for hit in self._lexical.search(anchor.text, _DEPTH, among) if hit.key in cosines]
        agreed = bool(hits) and hits[0] == best
        return best if cosines[best] >= (_LEAST_COSINE if agreed else _SURE) else None

    def _negatives(
        self, anchor: Anchor, vector: NDArray[np.float32], cosine: float, related: set[str]
    ) -> Iterator[str]:
        """Hard negatives: paragraphs of other cables that the indexes rank high for the text, hardest first."""
        by_cosine = {hit.key: hit.score for hit in self._vectors.search(vector.tolist(), _DEPTH, Filters())}
        by_words = [hit.key for hit in self._lexical.search(anchor.text, _DEPTH, Filters())]
        ranked = (key for both in zip_longest(by_cosine, by_words) for key in both if key is not None)
        hard = (
            key
            for key in dict.fromkeys(ranked)
            if cable_id_of(key) not in related and by_cosine.get(key, 0.0) < _TOO_NEAR * cosine
        )
        return islice(hard, _NEGATIVES)


def _sibling(
    anchor: Anchor, answer: str, vector: NDArray[np.float32], cosine: float, windows: Vectors
) -> tuple[str, ...]:
    """The nearest of the other candidates that is clearly less similar than the answer, if there is one."""
    others = {key: _cosine(windows[key], vector) for key in anchor.among if key != answer and key in windows}
    negatives = {key: other for key, other in others.items() if other < 0.8 * cosine}
    return (max(negatives, key=lambda key: negatives[key]),) if negatives else ()


def _cosine(windows: NDArray[np.float32], vector: NDArray[np.float32]) -> float:
    return float((windows @ vector).max())
