"""The LangChain interfaces: a retriever and a question-answering chain that others can compose."""

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import wait
from typing import Any, TypeVar

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda
from pydantic import ConfigDict

from rag.domain.answer import Answer
from rag.domain.events import last
from rag.domain.filters import Filters
from rag.domain.retrieved_paragraph import RetrievedParagraph
from rag.pipeline import RETRIEVED, QuestionPipeline
from rag.query.query import Query
from rag.retrieval.retrieval import Retriever

T = TypeVar("T")

_LONGEST_STEP_SECONDS = 10.0
"""How long an interrupted caller waits for the search or model call that still runs."""
_LONGEST_WAIT_SECONDS = 1.0
"""After this Python looks for signals. One that arrives just before a wait does not end the wait."""


class CableRetriever(BaseRetriever):
    """Paragraphs for a question, as documents with key, citation and the cable's metadata."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    retriever: Retriever
    filters: Filters = Filters()
    k: int = RETRIEVED

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [_document(paragraph) for paragraph in self.retriever.search(query, self.k, self.filters)]


def _document(paragraph: RetrievedParagraph) -> Document:
    """Its text as page content, everything else as metadata."""
    more = {"post": paragraph.post, "effective_marking": paragraph.effective_marking}
    metadata = paragraph.json() | more
    return Document(page_content=metadata.pop("text"), metadata=metadata, id=paragraph.key)


def answer_chain(pipeline: QuestionPipeline) -> Runnable[Query, Answer]:
    """Query in, Answer out: `invoke`, `ainvoke` and `astream` as on any Runnable."""

    async def answer(query: Query) -> Answer:
        return await last(pipeline.events(query))

    def blocking(query: Query) -> Answer:
        return _BACKGROUND.run(answer(query))

    return RunnableLambda(blocking, answer, name="answer")


class BackgroundLoop:
    """An event loop in a daemon thread, for blocking callers of asynchronous code. It starts at the first call.

    All callers share one loop because the connections that a vendor's client keeps open belong to one loop.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """The result of `work`. If the caller is interrupted, the work is cancelled and its end awaited.

        Raises:
            RuntimeError: the caller runs on this loop itself, which would wait for its own end.
        """
        loop, interrupted, ended = self._running(), threading.Event(), threading.Event()
        if threading.current_thread() is self._thread:
            work.close()
            raise RuntimeError("a blocking call within the work of another; use `ainvoke`")
        task: asyncio.Task[T] | None = None

        async def tracked() -> T:
            nonlocal task
            task = asyncio.current_task()
            try:
                if interrupted.is_set():
                    work.close()
                    raise asyncio.CancelledError
                return await work
            finally:
                ended.set()

        def cancel() -> None:
            if task is not None:
                task.cancel()

        try:  # an interrupt may come at any step from here on, also before there is a future
            future = asyncio.run_coroutine_threadsafe(tracked(), loop)
            while not wait([future], _LONGEST_WAIT_SECONDS).done:
                pass
            return future.result()
        except BaseException:
            interrupted.set()
            loop.call_soon_threadsafe(cancel)
            ended.wait(_LONGEST_STEP_SECONDS)
            raise

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None or self._thread is None or not self._thread.is_alive():  # a fork has no threads
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=self._loop.run_forever, name="answers", daemon=True)
                self._thread.start()
            return self._loop


_BACKGROUND = BackgroundLoop()
