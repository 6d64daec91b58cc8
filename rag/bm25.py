"""BM25 over texts that are at hand (Robertson and Zaragoza 2009), with the parameters of tantivy and Lucene."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

K1 = 1.2
B = 0.75


def rarity(held: int, total: int) -> float:
    """Inverse document frequency of a term that `held` of `total` texts hold, above 0."""
    return math.log(1 + (total - held + 0.5) / (held + 0.5))


def bm25_scores(texts: Sequence[Sequence[str]], found_in: Mapping[str, int], total: int, length: float) -> list[float]:
    """The score of each text, given as analysed words, for the terms of a query.

    `found_in` maps each term to the number of texts that hold it, of `total` texts in all with `length` words on
    average.
    """
    rare = {term: rarity(held, total) for term, held in found_in.items()}
    scores: list[float] = []
    for words in texts:
        counts = Counter(word for word in words if word in rare)
        norm = K1 * (1 - B + B * len(words) / length)
        scores.append(sum(rare[term] * n * (K1 + 1) / (n + norm) for term, n in counts.items()))
    return scores
