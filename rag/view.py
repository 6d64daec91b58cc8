"""An archive as one reader sees it."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from rag.catalog_reader import CatalogReader
from rag.filters import Filters

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

    from rag.answer import Answer
    from rag.asking import Ask, Asking
    from rag.events import Event, Steps
    from rag.lexical import LexicalIndex
    from rag.observer import Observer
    from rag.passage import Passage
    from rag.retrieval import Retriever


class View:
    """Search, answers and the catalog for one reader; what is not for them is nowhere in it.

    Every way in works on a view, so that no route has to think of clearances.
    """

    def __init__(
        self,
        catalog: CatalogReader,
        lexical: "LexicalIndex",
        retriever: "Retriever",
        asking: "Asking",
        observer: "Observer | None" = None,
    ) -> None:
        from rag.chain import answer_chain

        self.catalog = catalog
        self.lexical = lexical
        self.retriever = retriever
        self.chain: Runnable[Ask, Answer] = answer_chain(asking)
        self._asking = asking
        self._observer = observer

    def search(self, question: str, k: int = 20, filters: Filters | None = None) -> "list[Passage]":
        """The `k` best paragraphs, best first."""
        return self.retriever.search(question, k, filters)

    def stream(self, ask: "Ask") -> "AsyncGenerator[Event, None]":
        """Statuses at once, each sentence when it is verified, then the answer; closing it early stops the work."""
        from rag.events import in_threads

        return in_threads(self._observed(self._asking.events(ask)))

    def labels(self, keys: Sequence[str]) -> dict[str, str]:
        """The citations of these paragraphs, as a reader writes them."""
        return {each.key: each.citation for each in self.retriever.passages([(key, 0.0) for key in keys])}

    def _observed(self, steps: "Steps") -> "Steps":
        from rag.events import Answered

        with closing(steps):
            for event in steps:
                if self._observer is not None and isinstance(event, Answered):
                    self._observer.answered(event.answer)
                yield event
