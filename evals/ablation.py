"""`python -m evals.ablation SET...`: each avenue of retrieval switched off by itself, over the same questions.

Prints one table a golden set: what is left of each figure, and how likely the difference in MRR is by chance.
`--half tune` is for choosing weights, `--half test` for reporting what they are worth.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from rich.console import Console

from evals.archives import BENCHES, Bench, temporary_archive
from evals.compare import paired
from evals.evaluation import PARTS
from evals.golden import Question, load
from evals.metrics import METRICS, Scored, score_ranking
from evals.ranking import places
from evals.run import split
from evals.table import Table
from rag.access import OWNER
from rag.archive import Archive
from rag.asking import RETRIEVED
from rag.embedding import SentenceEmbeddings
from rag.late_interaction import LateInteraction
from rag.retrieval import RetrievalWeights, Retriever

FULL = RetrievalWeights()
VARIANTS: Mapping[str, RetrievalWeights] = {
    "everything": FULL,
    "no BM25": replace(FULL, words=0, rerank_words=0),
    "no vectors": replace(FULL, dense=0, rerank_dense=0),
    "no late interaction": replace(FULL, rerank_late=0),
    "no reranking": replace(FULL, reranked=0),
    "10 reranked": replace(FULL, reranked=10),
    "50 reranked": replace(FULL, reranked=50),
    "no preferred dates": replace(FULL, prefer_period=0),
    "no preferred posts": replace(FULL, prefer_post=0),
    "questions not taken apart": replace(FULL, parts=0),
}
EVEN = "all words weigh the same"
"""The variant that is a matter of late interaction, not of a weight."""

_WIDTH = 110
_METRICS = ("recall@1", "recall@5", "recall@20", "mrr", "missed@5")


class RememberedTokens(SentenceEmbeddings):
    """Encodes each text once: the variants compare the same paragraphs again and again."""

    def __init__(self) -> None:
        super().__init__()
        self._held: dict[str, NDArray[np.float16]] = {}

    def encode_tokens(self, texts: list[str]) -> list[NDArray[np.float32]]:
        """As of the encoder, rounded to half precision while kept."""
        new = [text for text in dict.fromkeys(texts) if text not in self._held]
        if new:
            for text, tokens in zip(new, super().encode_tokens(new), strict=True):
                self._held[text] = tokens.astype(np.float16)
        return [self._held[text].astype(np.float32) for text in texts]


def ablate(archive: Archive, questions: Sequence[Question]) -> dict[str, list[Scored]]:
    """Every variant scored on the questions that have evidence to find."""
    embeddings, lexical = RememberedTokens(), archive.indexes.lexical
    catalog = archive.as_reader(OWNER).catalog

    def scored(weights: RetrievalWeights, rarities: Callable[[Iterable[str]], Mapping[str, float]]) -> list[Scored]:
        late = LateInteraction(embeddings, rarities)
        retriever = Retriever(catalog, archive.indexes.vectors, lexical, embeddings, late, weights)
        found = ([each.key for each in retriever.search(question.question, RETRIEVED)] for question in questions)
        return [score_ranking(places(keys), question) for keys, question in zip(found, questions, strict=True)]

    variants = {name: scored(weights, lexical.rarities) for name, weights in VARIANTS.items()}
    return variants | {EVEN: scored(FULL, lambda words: dict.fromkeys(words, 1.0))}


def table(name: str, variants: Mapping[str, list[Scored]]) -> Table:
    """Figures of each variant; `p` is of the paired sign test of its MRR against everything's."""
    full = variants["everything"]
    rows = []
    for variant, scored in variants.items():
        figures = [METRICS[metric].of([each.scores[metric] for each in scored]) for metric in _METRICS]
        test = paired(METRICS["mrr"], full, scored)
        rows.append(
            [
                variant,
                *(METRICS[metric].printed(value) for metric, value in zip(_METRICS, figures, strict=True)),
                f"{test.wins}/{test.losses}" if test else "",
                f"{test.p_value:.3f}" if test else "",
            ]
        )
    head = ["retrieval with", *(METRICS[metric].title for metric in _METRICS), "everything wins/loses", "p"]
    return Table(f"{name}: {len(full)} questions", head, rows, "MRR, two-sided exact sign test, question by question.")


def _report(bench: Bench, part: str, console: Console) -> None:
    [golden] = load([bench.golden])
    with temporary_archive(bench.cables) as archive:
        asked, _ = split(golden.questions, archive.catalog)
        chosen = [each for each in asked if each.answerable and part in ("all", each.half)]
        console.print(table(f"{bench.name}, {part}", ablate(archive, chosen)).rich(), "")


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="What each avenue of retrieval is worth.")
    parser.add_argument("sets", nargs="*", default=[bench.name for bench in BENCHES], metavar="SET")
    parser.add_argument("--half", choices=PARTS, default="test")
    options = parser.parse_args()
    benches = {bench.name: bench for bench in BENCHES}
    if unknown := set(options.sets) - set(benches):
        parser.error(f"no golden set {', '.join(sorted(unknown))}; there are {', '.join(benches)}")
    for name in options.sets:
        if benches[name].present:
            _report(benches[name], options.half, Console(width=_WIDTH))
        else:
            print(f"{name} left out: its cables are not in {benches[name].cables}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
