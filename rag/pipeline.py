"""A question's way: made to stand alone, parsed, searched for, answered."""

import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace

from rag.answers.answerer import Answerer
from rag.answers.catalog.answerer import CatalogAnswerer
from rag.answers.threads import in_thread
from rag.catalog.catalog_reader import CatalogReader
from rag.domain.answer import Answer, Sentence
from rag.domain.events import Answered, Event, Stated, Status
from rag.llm.rewriting import Rewriter
from rag.llm.translation import Translator
from rag.query.conversation import earlier_question, is_follow_up, standalone
from rag.query.hard_filters import merged, read_hard_filters
from rag.query.parsed_query import QueryParser
from rag.query.query import MOST_CHARACTERS, Query
from rag.query.small_talk import small_talk
from rag.retrieval.retrieval import Retrieved, Retriever
from rag.text.language import ENGLISH, language_of

RETRIEVED = 20
"""How many paragraphs a question retrieves."""


class QuestionPipeline:
    """Takes questions through search and answering."""

    def __init__(
        self,
        catalog: CatalogReader,
        parser: QueryParser,
        retriever: Retriever,
        answerer: Answerer,
        catalog_answerer: CatalogAnswerer,
        rewriter: Rewriter | None = None,
        translator: Translator | None = None,
    ) -> None:
        """With `rewriter` a language model makes follow-ups stand on their own; otherwise a rule does.

        With `translator` it puts questions in other languages into English.
        """
        self._catalog = catalog
        self._parser = parser
        self._retriever = retriever
        self._answerer = answerer
        self._catalog_answerer = catalog_answerer
        self._rewriter = rewriter
        self._translator = translator

    async def events(self, query: Query) -> AsyncGenerator[Event, None]:
        """Statuses, sentences as they are verified, then the answer; closing it early ends the work."""
        reply = small_talk(query.question, (await in_thread(self._catalog.size)).cables)
        if reply is not None:
            sentence = Sentence(reply, ())
            yield Stated(sentence)
            yield Answered(Answer(query.question, "extractive", (sentence,), timings_ms={"total": 0.0}, kind="talk"))
            return
        yield Status("searching")
        query = await self._in_english(await self._standalone(query))
        started = time.perf_counter()
        parsed = await in_thread(self._parser.parse, query)
        if (answer := await in_thread(self._catalog_answerer.answer, parsed)) is not None:
            for sentence in answer.sentences:
                yield Stated(sentence)
            yield Answered(answer)
            return
        found = await in_thread(self._retriever.retrieve, parsed, RETRIEVED)
        ended = time.perf_counter()
        yield Status("reading", len(found.paragraphs))
        yield Status("writing", len(found.paragraphs))
        async with aclosing(self._answerer.events(found.query, found.paragraphs)) as events:
            async for event in events:
                yield Answered(_timed(event.answer, started, ended, found)) if isinstance(event, Answered) else event

    async def _in_english(self, query: Query) -> Query:
        """The question in English where a language model can put it so."""
        if self._translator is None or "language" in query.dismissed:
            return query
        if await in_thread(language_of, query.question) == ENGLISH:
            return query
        return replace(query, question=await self._translator.into_english(query.question) or query.question)

    async def _standalone(self, query: Query) -> Query:
        """The question as it stands on its own, under the conditions of the question it follows up."""
        earlier = earlier_question(query.turns)
        if earlier is None or not is_follow_up(query.question):
            return query
        question = None
        if self._rewriter is not None:
            question = await self._rewriter.standalone(query.question, query.turns)
        conditions = read_hard_filters(earlier, await in_thread(self._catalog.posts))
        return replace(
            query,
            question=question or standalone(query.question, query.turns)[:MOST_CHARACTERS],
            filters=merged(query.filters, conditions.without(query.dismissed)),
        )


def _timed(answer: Answer, started: float, ended: float, found: Retrieved) -> Answer:
    """`started` and `ended` are when the search was."""
    spent = {"retrieval": _ms(ended - started), "answer": _ms(time.perf_counter() - ended)}
    share = {"reranking": _ms(found.reranking_seconds)} if found.reranking_seconds else {}  # a part of retrieval
    return replace(answer, timings_ms=spent | share | {"total": round(sum(spent.values()), 1)})


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)
