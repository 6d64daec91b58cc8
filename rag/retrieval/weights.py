"""How much each kind of evidence counts in a ranking: it depends on how far the vectors can be trusted."""

from collections.abc import Mapping
from dataclasses import dataclass

from rag.retrieval.features import Features

_FIRST = Features(dense=1.0, words=0.32, cable=0.145)
_FINAL = Features(late=1.0, dense=0.6, words=0.3, period=0.1, post=0.05, followed=0.1)
_FOREIGN = _FIRST._replace(period=0.1, post=0.05, followed=0.1)


@dataclass(frozen=True, slots=True)
class RetrievalWeights:
    """How a ranking is made; chosen on the `tune` halves of the golden sets.

    `first` was fitted by `python -m evals.fit_ranking`. What it fits for `final` was better on `tune` and worse on
    `test`, so `final` is as it was chosen by hand.
    """

    depth: int = 100
    """How many paragraphs each index contributes."""
    reranked: int = 30
    """How many of them are compared with the question token by token."""
    kept: int = 5
    """How many of the first of each index are always among those."""
    first: Features = _FIRST
    """By what the others among those are chosen."""
    final: Features = _FINAL
    """By what they are ranked."""
    foreign: Features = _FOREIGN
    """By what they are ranked for a question that is not in English: late interaction reads English only."""
    by_reranker: int = 50
    """How many of the first a reranker, where there is one, puts in order; the parts of a question share them."""
    parts: float = 0.5
    """Share of a part of the question, against the whole of it, when it asks for several things."""
    dropped: float = 0.05
    """How much better than under a stated condition the best paragraph must be for the condition to be dropped."""


_FITTED: Mapping[str, RetrievalWeights] = {
    "embeddinggemma-300m": RetrievalWeights(
        first=Features(dense=1.0, words=0.07, cable=0.05),
        final=Features(late=1.0, dense=2.0, words=0.01, cable=0.12, period=0.07, post=0.05, followed=0.1),
        foreign=Features(dense=1.0, words=0.07, cable=0.05, period=0.07, post=0.05, followed=0.1),
    ),
}
"""By the name of an encoder: what `python -m evals.fit_ranking --store DIR` prints of an archive made with it."""


def weights_of(encoder: str) -> RetrievalWeights:
    """The weights fitted with the vectors of this encoder, else those of the packaged one."""
    return _FITTED.get(encoder, RetrievalWeights())
