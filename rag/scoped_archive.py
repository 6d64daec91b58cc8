"""An archive as one reader sees it."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING, Protocol

from rag.catalog.catalog_reader import CatalogReader
from rag.catalog.known_values import check_filters
from rag.domain.filters import Filters
from rag.domain.paragraph_key import locator_of

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

    from rag.domain.answer import Answer
    from rag.domain.events import Event
    from rag.domain.retrieved_paragraph import RetrievedParagraph
    from rag.index.lexical import LexicalIndex
    from rag.pipeline import QuestionPipeline
    from rag.query.query import Query
    from rag.retrieval.retrieval import Retriever
    from rag.retrieval.scanner import Scanner


class Observer(Protocol):
    """Receives each answer and each call to the language model, in any thread."""

    def answered(self, answer: "Answer") -> None:
        """One question was answered, or declined."""

    def completed(self, seconds: float, failed: bool, read: int, written: int) -> None:
        """One call to the language model ended; tokens are 0 where the model does not report them."""


class ScopedArchive:
    """Search, answers and the catalog for one reader; what is not for them is nowhere in it.

    Every way in works on one, so that no route has to think of clearances.
    """

    def __init__(
        self,
        catalog: CatalogReader,
        lexical: "LexicalIndex",
        retriever: "Retriever",
        scanner: "Scanner",
        pipeline: "QuestionPipeline",
        observer: Observer | None = None,
    ) -> None:
        from rag.chain import answer_chain

        self.catalog = catalog
        self.lexical = lexical
        self.retriever = retriever
        self.scanner = scanner
        self.chain: Runnable[Query, Answer] = answer_chain(pipeline)
        self._pipeline = pipeline
        self._observer = observer

    def search(self, question: str, k: int = 20, filters: Filters | None = None) -> "list[RetrievedParagraph]":
        """The `k` best paragraphs, best first."""
        return self.retriever.search(question, k, filters)

    def checked(self, filters: Filters) -> Filters:
        """The same filters.

        Raises:
            BadInput: the archive holds no cable with one of the values; the nearest ones are named.
        """
        return check_filters(self.catalog, filters)

    async def stream(self, query: "Query") -> "AsyncGenerator[Event, None]":
        """Statuses at once, each sentence when it is verified, then the answer; closing it early stops the work."""
        from rag.domain.events import Answered

        async with aclosing(self._pipeline.events(query)) as events:
            async for event in events:
                if self._observer is not None and isinstance(event, Answered):
                    self._observer.answered(event.answer)
                yield event

    def labels(self, keys: Sequence[str]) -> dict[str, str]:
        """The citations of these paragraphs, and the labels of the cables whose ids are among them."""
        cited = {each.key: each.citation for each in self.retriever.paragraphs([(key, 0.0) for key in keys])}
        ids = [key for key in keys if not locator_of(key)]
        shared = self.catalog.shared_labels(ids)
        return cited | {str(each.id): each.label(str(each.id) in shared) for each in self.catalog.cables(ids)}
