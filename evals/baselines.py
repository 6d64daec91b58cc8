"""What the product is measured against: simpler ways to search the same archive, same questions, same model."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from evals.golden import Question
from evals.metrics import Scored, score_ranking
from evals.ranking import Ranking, places
from evals.tutorial import Splitter, TutorialPipeline, tutorial_splitter
from rag.archive import Archive
from rag.asking import RETRIEVED
from rag.filters import Filters

TUTORIAL = "LangChain tutorial"
DENSE = "dense only"
WORDS = "BM25 only"

Search = Callable[[str], Ranking]


@dataclass(frozen=True, slots=True)
class Baseline:
    """A simpler way to search, scored on the questions of one run."""

    name: str
    scored: tuple[Scored, ...]


@contextmanager
def searches(archive: Archive, split: Splitter | None = None) -> Iterator[Mapping[str, Search]]:
    """The baselines over this archive by name, ready to be asked; `split` stands in for the tutorial's splitter.

    The two single indexes are asked directly, so that nothing retrieval learns can leak into them.

    Raises:
        BadInput: the package langchain-text-splitters is missing.
    """
    with TutorialPipeline(archive.catalog, archive.embeddings, split or tutorial_splitter()) as tutorial:
        yield {TUTORIAL: tutorial.search, DENSE: _dense(archive), WORDS: _words(archive)}


def score_baselines(ways: Mapping[str, Search], questions: Sequence[Question]) -> tuple[Baseline, ...]:
    """Every baseline scored on those of the questions that have evidence to find."""
    asked = [question for question in questions if question.answerable]
    return tuple(
        Baseline(name, tuple(score_ranking(search(question.question), question) for question in asked))
        for name, search in ways.items()
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
