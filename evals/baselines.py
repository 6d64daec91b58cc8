"""Baselines: simpler searches over the same archive, questions and embedding model."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from evals.golden import GoldenQuestion
from evals.metrics import ScoredQuestion, score_ranking
from evals.ranking import Ranking, places
from evals.tutorial import Splitter, TutorialPipeline, tutorial_splitter
from rag.archive import Archive
from rag.domain.filters import Filters
from rag.pipeline import RETRIEVED

TUTORIAL = "LangChain tutorial"
DENSE = "dense only"
WORDS = "BM25 only"

Search = Callable[[str], Ranking]


@dataclass(frozen=True, slots=True)
class Baseline:
    """Another search or an earlier run, scored on the questions of one run."""

    name: str
    scored: tuple[ScoredQuestion, ...]


@contextmanager
def baseline_searches(archive: Archive, split: Splitter | None = None) -> Iterator[Mapping[str, Search]]:
    """The baselines over this archive by name; `split` replaces the tutorial's splitter.

    The two single indexes are searched directly, so that no improvement of retrieval reaches the baselines.

    Raises:
        BadInput: the package langchain-text-splitters is missing.
    """
    with TutorialPipeline(archive.catalog, archive.embeddings, split or tutorial_splitter()) as tutorial:
        yield {TUTORIAL: tutorial.search, DENSE: _dense(archive), WORDS: _words(archive)}


def score_baselines(searches: Mapping[str, Search], questions: Sequence[GoldenQuestion]) -> tuple[Baseline, ...]:
    """Every baseline scored on the answerable questions."""
    answerable = [question for question in questions if question.answerable]
    return tuple(
        Baseline(name, tuple(score_ranking(search(question.searched), question) for question in answerable))
        for name, search in searches.items()
    )


def _dense(archive: Archive) -> Search:
    def search(question: str) -> Ranking:
        vector = archive.embeddings.embed_query(question)
        return places([hit.key for hit in archive.indexes.vectors.search(vector, RETRIEVED, Filters())])

    return search


def _words(archive: Archive) -> Search:
    def search(question: str) -> Ranking:
        return places([hit.key for hit in archive.indexes.lexical.search(question, RETRIEVED, Filters())])

    return search
