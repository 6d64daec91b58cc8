"""A second search, in other words, where the language model found no answer in what the first one found."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.answers.threads import in_thread
from rag.domain.answer import Answer
from rag.domain.retrieved_paragraph import RetrievedParagraph
from rag.llm.query_expansion import QueryExpander
from rag.query.parsed_query import ParsedQuery
from rag.retrieval.rankings import in_turns
from rag.retrieval.retrieval import Retriever

_NEW = 12
_KNOWN = 8  # best paragraphs of the first search that are shown again: an answer may need both


@dataclass(frozen=True, slots=True)
class Further:
    """What was searched for, and the paragraphs to answer from: new ones and the best of the first search, in turns.

    There are no paragraphs where nothing new was found.
    """

    queries: tuple[str, ...] = ()
    paragraphs: tuple[RetrievedParagraph, ...] = ()


class FurtherSearch:
    """Searches under the conditions of the question for what the language model would call it otherwise."""

    def __init__(self, retriever: Retriever, expander: QueryExpander) -> None:
        self._retriever = retriever
        self._expander = expander

    async def beyond(self, query: ParsedQuery, found: Sequence[RetrievedParagraph]) -> Further:
        """What is found beside the paragraphs `found` at first."""
        queries = await self._expander.queries(query.text)
        return Further(queries, tuple(await in_thread(self._paragraphs, query, queries, found)))

    def _paragraphs(
        self, query: ParsedQuery, queries: Sequence[str], found: Sequence[RetrievedParagraph]
    ) -> list[RetrievedParagraph]:
        searches = (replace(query, text=text, parts=()) for text in queries)
        rankings = [self._retriever.retrieve(search, len(found)).paragraphs for search in searches]
        by_key = {paragraph.key: paragraph for ranking in (*rankings, found) for paragraph in ranking}
        known = [paragraph.key for paragraph in found]
        ranked = in_turns([[paragraph.key for paragraph in ranking] for ranking in rankings])
        new = [key for key in ranked if key not in known]
        return [by_key[key] for key in in_turns([new[:_NEW], known[:_KNOWN]])] if new else []


def is_declined_by_model(answer: Answer) -> bool:
    """Whether a language model was asked and found no answer."""
    return answer.mode == "llm" and answer.abstained
