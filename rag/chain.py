"""The LangChain shape of the product: a retriever and a question-answering chain that others can compose."""

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda
from pydantic import ConfigDict

from rag.answer import Answer
from rag.asking import RETRIEVED, Ask, Asking
from rag.events import final
from rag.filters import Filters
from rag.retrieval import Retriever


class CableRetriever(BaseRetriever):
    """Paragraphs for a question, as documents that carry key, citation and the cable's metadata."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    retriever: Retriever
    filters: Filters = Filters()
    k: int = RETRIEVED

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [passage.document() for passage in self.retriever.search(query, self.k, self.filters)]


def answer_chain(asking: Asking) -> Runnable[Ask, Answer]:
    """Ask in, Answer out: `invoke`, `ainvoke` and `astream` as on any Runnable."""

    def answer(ask: Ask) -> Answer:
        return final(asking.events(ask))

    return RunnableLambda(answer, name="answer")
