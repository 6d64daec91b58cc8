"""Inverse document frequency and BM25 (Robertson and Zaragoza 2009), with the parameters of tantivy and Lucene."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

K1 = 1.2
B = 0.75


def bm25_idf(containing: int, total: int) -> float:
    """ln(1 + (N - n + 0.5) / (n + 0.5)) for a term in n = `containing` of N = `total` texts.

    Always above 0, and near 0 for a term in almost every text: it ranks paragraphs.
    """
    return math.log(1 + (total - containing + 0.5) / (containing + 0.5))


def smoothed_idf(containing: int, total: int) -> float:
    """ln(1 + N / (1 + n)) for a term in n = `containing` of N = `total` texts.

    About ln 2 for a term in every text, so that common terms still count when the terms of a question are weighed
    against each other.
    """
    return math.log(1 + total / (1 + containing))


def bm25_scores(
    texts: Sequence[Sequence[str]], document_frequencies: Mapping[str, int], total: int, average_length: float
) -> list[float]:
    """The score of each text, given as analysed words, for the terms of a query.

    `document_frequencies` maps each term of the query to the number of texts that contain it, among `total` texts with
    `average_length` words.
    """
    idf = {term: bm25_idf(containing, total) for term, containing in document_frequencies.items()}
    scores: list[float] = []
    for words in texts:
        counts = Counter(word for word in words if word in idf)
        norm = K1 * (1 - B + B * len(words) / average_length)
        scores.append(sum(idf[term] * count * (K1 + 1) / (count + norm) for term, count in counts.items()))
    return scores
