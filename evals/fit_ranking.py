"""`python -m evals.fit_ranking`: fit the weights of the ranking on the `tune` halves over the largest archive.

The weights belong to the encoder that the archive is searched with: `--store` names a store that holds the archive.

A listwise logistic regression: the softmax over the paragraphs of a question should fall on its evidence. Prints the
weights for `rag/retrieval/weights.py`, and how well they rank questions about cables that they were not fitted on.
"""

import argparse
import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from evals.ablation import CachedTokenEmbeddings
from evals.archives import MORE, benchmark_archive
from evals.golden import GoldenQuestion, load
from evals.metrics import METRICS, score_ranking, values
from evals.ranking import places
from evals.run import split
from rag.archive import Archive
from rag.domain.access import OWNER
from rag.query.parsed_query import QueryParser
from rag.query.phrasing import PhrasingReader
from rag.query.query import Query
from rag.retrieval.features import Features
from rag.retrieval.late_interaction import LateInteraction
from rag.retrieval.retrieval import Retriever
from rag.retrieval.weights import RetrievalWeights

FIRST = ("dense", "words", "cable")
FINAL = ("late", *FIRST, "period")
"""`post` is left out: its weight was not above 0. It has a small one, so that a hint is never without effect."""
_POOL = 40  # of each index
_PENALTY = 3.0  # of 0.3 to 20, that with the best cross-validated figures
_FOLDS = 10


@dataclass(frozen=True, slots=True)
class Candidates:
    """The paragraphs compared for a question: features of shape (paragraphs, features), and which are evidence."""

    question: GoldenQuestion
    keys: tuple[str, ...]
    features: NDArray[np.float64]
    gold: NDArray[np.bool_]

    @property
    def fold(self) -> int:
        """Questions about one cable are in one fold; so no cable is both fitted on and measured."""
        return hashlib.sha256(min(self.question.cables).encode()).digest()[0] % _FOLDS


def fit(candidates: Sequence[Candidates], names: Sequence[str]) -> NDArray[np.float64]:
    """The weight of each of these features, in log-odds."""
    columns = [Features._fields.index(name) for name in names]
    lists = [(each.features[:, columns], each.gold) for each in candidates if each.gold.any()]
    scale = np.concatenate([features for features, _ in lists]).std(axis=0) + 1e-9

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, gradient = _PENALTY / 2 * float(weights @ weights), _PENALTY * weights
        for features, gold in lists:
            scaled = features / scale
            scores = scaled @ weights
            odds = np.exp(scores - scores.max())
            on_gold = odds * gold
            total -= float(np.log(on_gold.sum() / odds.sum()))
            gradient = gradient - scaled.T @ (on_gold / on_gold.sum() - odds / odds.sum())
        return total, gradient

    found: NDArray[np.float64] = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x / scale
    return found


def collect(archive: Archive, questions: Sequence[GoldenQuestion]) -> list[Candidates]:
    """The candidates of each question, without those of conversations."""
    reader, embeddings = archive.as_reader(OWNER), CachedTokenEmbeddings()
    late = LateInteraction(embeddings, reader.lexical.word_idf)
    weights = RetrievalWeights(reranked=2 * _POOL, kept=_POOL)
    vectors = archive.indexes.vectors
    retriever = Retriever(reader.catalog, vectors, reader.lexical, archive.embeddings, late, weights)
    parser = QueryParser(reader.catalog, reader.lexical, PhrasingReader(embeddings))
    collected = []
    for question in questions:
        features = retriever.features(parser.parse(Query(question.question)))
        gold = np.array([key in question.keys for key in features])
        collected.append(Candidates(question, tuple(features), np.array(list(features.values()), dtype=float), gold))
    return collected


def cross_validated(candidates: Sequence[Candidates], names: Sequence[str]) -> dict[str, float]:
    """Figures of rankings by weights that were fitted on the other folds."""
    columns = [Features._fields.index(name) for name in names]
    scored = []
    for fold in range(_FOLDS):
        weights = fit([each for each in candidates if each.fold != fold], names)
        for each in candidates:
            if each.fold == fold:
                order = np.argsort(-(each.features[:, columns] @ weights), kind="stable")
                scored.append(score_ranking(places([each.keys[place] for place in order]), each.question))
    return {name: METRICS[name].of(values(scored, name)) for name in ("recall@1", "recall@5", "recall@20", "mrr")}


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m evals.fit_ranking", description="Weights of the ranking.")
    parser.add_argument("--store", type=Path, help="of the cables asked about; without it they are ingested anew")
    store = parser.parse_args().store
    questions = [question for golden in load(MORE.goldens) for question in golden.questions]
    with benchmark_archive(MORE, store) as archive:
        askable, _ = split(questions, archive.catalog)
        chosen = [each for each in askable if each.answerable and each.half == "tune" and not each.history]
        candidates = collect(archive, chosen)
    for title, names in (("first", FIRST), ("final", FINAL)):
        weights = fit(candidates, names)
        figures = " ".join(f"{name} {value:.3f}" for name, value in cross_validated(candidates, names).items())
        shares = ", ".join(f"{name}={weight / weights[0]:.3f}" for name, weight in zip(names, weights, strict=True))
        print(f"{title}: {shares}; one unit is {weights[0]:.1f} of log-odds\n  over {len(chosen)} questions: {figures}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
