"""What the product is measured against: simpler ways to search the same archive, same questions, same model."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields

from evals.golden import Question
from evals.metrics import Scored, score_ranking
from evals.ranking import Ranking, places
from evals.tutorial import Splitter, TutorialPipeline, tutorial_splitter
from rag.archive import Archive
from rag.chain import RETRIEVED
from rag.retrieval import RetrievalWeights, Retriever

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

    Raises:
        BadInput: the package langchain-text-splitters is missing.
    """
    with TutorialPipeline(archive.catalog, archive.embeddings, split or tutorial_splitter()) as tutorial:
        yield {TUTORIAL: tutorial.search, DENSE: _single(archive, "dense"), WORDS: _single(archive, "words")}


def score_baselines(ways: Mapping[str, Search], questions: Sequence[Question]) -> tuple[Baseline, ...]:
    """Every baseline scored on those of the questions that have evidence to find."""
    asked = [question for question in questions if question.answerable]
    return tuple(
        Baseline(name, tuple(score_ranking(search(question.question), question) for question in asked))
        for name, search in ways.items()
    )


def only(ranking: str) -> RetrievalWeights:
    """Weights with one ranking left on, and every other weight off, whatever retrieval has learned since."""
    weights = {each.name: 0.0 for each in fields(RetrievalWeights) if isinstance(each.default, float)}
    return RetrievalWeights(**(weights | {ranking: 1.0}))  # type: ignore[arg-type]  # the integers keep their defaults


def _single(archive: Archive, ranking: str) -> Search:
    retriever = Retriever(
        archive.catalog, archive.indexes.vectors, archive.indexes.lexical, archive.embeddings, only(ranking)
    )
    return lambda question: places([passage.key for passage in retriever.search(question, RETRIEVED)])
