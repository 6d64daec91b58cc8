"""`python -m evals.ablation SET...`: an ablation study of retrieval, one component off at a time.

Prints a table for each golden set: the figures of each variant, and how its MRR compares with that of everything.
Use `--half tune` to choose weights and `--half test` to report figures.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from rich.console import Console

from evals.archives import BENCHMARKS, Benchmark, temporary_archive
from evals.compare import compare
from evals.evaluation import PARTS
from evals.golden import GoldenQuestion, load
from evals.metrics import METRICS, ScoredQuestion, score_ranking, values
from evals.ranking import places
from evals.run import split
from evals.table import Table
from rag.archive import Archive
from rag.domain.access import OWNER
from rag.encoders.embedding import SentenceEmbeddings
from rag.pipeline import RETRIEVED
from rag.retrieval.late_interaction import LateInteraction
from rag.retrieval.retrieval import Retriever
from rag.retrieval.weights import RetrievalWeights

FULL = RetrievalWeights()


def without(*names: str) -> RetrievalWeights:
    """The weights with these features switched off."""
    off = dict.fromkeys(names, 0.0)
    return replace(FULL, first=FULL.first._replace(**off), final=FULL.final._replace(**off))


VARIANTS: Mapping[str, RetrievalWeights] = {
    "everything": FULL,
    "no BM25": without("words", "cable"),
    "no vectors": without("dense"),
    "no late interaction": replace(FULL, reranked=0),
    "no other paragraphs of the cable": without("cable"),
    "no preferred dates": without("period"),
    "no preferred posts": without("post"),
    "the first of each index not kept": replace(FULL, kept=0),
    "10 reranked": replace(FULL, reranked=10),
    "50 reranked": replace(FULL, reranked=50),
    "questions not taken apart": replace(FULL, parts=0),
}
EQUAL_IDF = "all words weigh the same"
"""The variant that changes late interaction itself, not a weight."""

_WIDTH = 110
_METRICS = ("recall@1", "recall@5", "recall@20", "mrr", "missed@5")


class CachedTokenEmbeddings(SentenceEmbeddings):
    """Encodes each text once, because all variants compare the same paragraphs."""

    def __init__(self) -> None:
        super().__init__()
        self._cache: dict[str, NDArray[np.float16]] = {}

    def encode_tokens(self, texts: list[str]) -> list[NDArray[np.float32]]:
        """The encoder's output; cached in half precision."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._cache]
        if missing:
            for text, tokens in zip(missing, super().encode_tokens(missing), strict=True):
                self._cache[text] = tokens.astype(np.float16)
        return [self._cache[text].astype(np.float32) for text in texts]


def ablate(archive: Archive, questions: Sequence[GoldenQuestion]) -> dict[str, list[ScoredQuestion]]:
    """Every variant scored on these questions, all of which must be answerable."""
    embeddings, lexical = CachedTokenEmbeddings(), archive.indexes.lexical
    catalog = archive.as_reader(OWNER).catalog

    def scored(
        weights: RetrievalWeights, rarities: Callable[[Iterable[str]], Mapping[str, float]]
    ) -> list[ScoredQuestion]:
        late = LateInteraction(embeddings, rarities)
        retriever = Retriever(catalog, archive.indexes.vectors, lexical, embeddings, late, weights)
        rankings = (
            places([paragraph.key for paragraph in retriever.search(question.searched, RETRIEVED)])
            for question in questions
        )
        return [score_ranking(ranking, question) for ranking, question in zip(rankings, questions, strict=True)]

    variants = {name: scored(weights, lexical.word_idf) for name, weights in VARIANTS.items()}
    return variants | {EQUAL_IDF: scored(FULL, lambda words: dict.fromkeys(words, 1.0))}


def table(name: str, variants: Mapping[str, list[ScoredQuestion]]) -> Table:
    """Figures of each variant, and how much better the MRR of "everything" is, with its interval."""
    full = variants["everything"]
    rows = []
    for variant, scored in variants.items():
        figures = [METRICS[metric].of(values(scored, metric)) for metric in _METRICS]
        paired = compare(METRICS["mrr"], full, scored)
        rows.append(
            [
                variant,
                *(METRICS[metric].formatted(value) for metric, value in zip(_METRICS, figures, strict=True)),
                f"{paired.wins}/{paired.losses}" if paired else "",
                f"{paired.difference:+.3f} [{paired.interval.low:+.3f}, {paired.interval.high:+.3f}]" if paired else "",
            ]
        )
    head = ["retrieval with", *(METRICS[metric].title for metric in _METRICS), "everything wins/loses", "by"]
    note = "Wins, losses and the difference are of MRR; in brackets a bootstrap interval, clustered by cable."
    return Table(f"{name}: {len(full)} questions", head, rows, note)


def _print_table(benchmark: Benchmark, part: str, console: Console) -> None:
    questions = [question for golden in load(benchmark.goldens) for question in golden.questions]
    with temporary_archive(benchmark.cables) as archive:
        askable, _ = split(questions, archive.catalog)
        chosen = [question for question in askable if question.answerable and part in ("all", question.half)]
        console.print(table(f"{benchmark.name}, {part}", ablate(archive, chosen)).rich(), "")


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="What each component of retrieval is worth.")
    parser.add_argument("sets", nargs="*", default=[benchmark.name for benchmark in BENCHMARKS], metavar="SET")
    parser.add_argument("--half", choices=PARTS, default="test")
    options = parser.parse_args()
    benchmarks = {benchmark.name: benchmark for benchmark in BENCHMARKS}
    if unknown := set(options.sets) - set(benchmarks):
        parser.error(f"no golden set {', '.join(sorted(unknown))}; there are {', '.join(benchmarks)}")
    for name in options.sets:
        if missing := benchmarks[name].missing:
            print(f"{name} left out: there are no cables in {missing}", file=sys.stderr)
        else:
            _print_table(benchmarks[name], options.half, Console(width=_WIDTH))
    return 0


if __name__ == "__main__":
    sys.exit(main())
