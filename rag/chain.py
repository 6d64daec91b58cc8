"""The LangChain shape of the product: a retriever and a question-answering chain that others can compose."""

import time
from dataclasses import dataclass, field, replace

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda
from pydantic import ConfigDict

from rag.answer import Answer
from rag.answering import Answerer
from rag.catalog import Catalog
from rag.constraints import merged, read_constraints
from rag.filters import Filters
from rag.named import Named, find_named
from rag.passage import Passage
from rag.retrieval import Retriever

RETRIEVED = 20
"""How many paragraphs a question retrieves."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Input of the chain: a question of 1 to 4,000 characters and the filters it runs under."""

    question: str
    filters: Filters = field(default_factory=Filters)


class CableRetriever(BaseRetriever):
    """Paragraphs for a question, as documents that carry key, citation and the cable's metadata."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    retriever: Retriever
    filters: Filters = Filters()
    k: int = RETRIEVED

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [passage.document() for passage in self.retriever.search(query, self.k, self.filters)]


@dataclass(frozen=True, slots=True)
class _Found:
    ask: Ask
    named: Named
    passages: tuple[Passage, ...]
    retrieval_ms: float


def answer_chain(catalog: Catalog, retriever: Retriever, answerer: Answerer) -> Runnable[Ask, Answer]:
    """Ask in, Answer out: `invoke`, `ainvoke` and `astream` as on any Runnable."""

    def retrieve(ask: Ask) -> _Found:
        started = time.perf_counter()
        named = find_named(ask.question, catalog)
        passages = _named_passages(catalog, retriever, named)
        filters = merged(ask.filters, read_constraints(ask.question, catalog.posts()).filters)
        if not named.missing:
            found = CableRetriever(retriever=retriever, filters=_within(filters, named)).invoke(ask.question)
            known = {passage.key for passage in passages}
            passages += [each for each in map(Passage.of_document, found) if each.key not in known]
        return _Found(replace(ask, filters=filters), named, tuple(passages[:RETRIEVED]), _since(started))

    def answer(found: _Found) -> Answer:
        started = time.perf_counter()
        answer = answerer.answer(found.ask.question, found.passages, found.named, found.ask.filters)
        spent = {"retrieval": found.retrieval_ms, "answer": _since(started)}
        return replace(answer, timings_ms=spent | {"total": round(sum(spent.values()), 1)})

    return RunnableLambda(retrieve, name="retrieve") | RunnableLambda(answer, name="answer")


def _within(filters: Filters, named: Named) -> Filters:
    """A question about named cables is searched within them."""
    cables = {*named.cables, *(key.partition("#")[0] for key in named.paragraphs)}
    return replace(filters, cables=frozenset(cables)) if cables else filters


def _named_passages(catalog: Catalog, retriever: Retriever, named: Named) -> list[Passage]:
    """The named paragraphs first, then the summaries of the named cables."""
    keys = list(named.paragraphs)
    for cable_id in named.cables:
        cable = catalog.cable(cable_id)
        if cable is not None and cable.paragraphs:
            keys.append(cable.summary_key or str(cable.paragraphs[0].key))
    return retriever.passages([(key, 1.0) for key in dict.fromkeys(keys)])


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 1)
