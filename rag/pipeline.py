"""A question's way: made to stand alone, parsed, searched for, answered."""

import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

from rag.answers.answerer import Answerer
from rag.answers.catalog.answerer import CatalogAnswerer
from rag.answers.follow_ups import FollowUps, also_found, completed, direct_answer
from rag.answers.further_search import FurtherSearch, is_declined_by_model
from rag.answers.threads import in_thread
from rag.catalog.catalog_reader import CatalogReader
from rag.domain.answer import Answer, Sentence
from rag.domain.events import Answered, Event, Stated, Status, told
from rag.domain.retrieved_paragraph import RetrievedParagraph
from rag.llm.model_calls import ModelCalls
from rag.llm.prompting import prompting
from rag.llm.query_expansion import QueryExpander
from rag.llm.restating import Restater
from rag.llm.translation import Translator
from rag.query.parsed_query import ParsedQuery, QueryParser
from rag.query.query import Query
from rag.query.small_talk import small_talk
from rag.retrieval.retrieval import Retrieved, Retriever
from rag.settings import Settings
from rag.text.language import ENGLISH, language_of

RETRIEVED = 20
"""How many paragraphs a question retrieves."""


@dataclass(frozen=True, slots=True)
class ModelSteps:
    """What a language model does with a question beside writing the answer; None of what there is no model for.

    `translator` puts questions in other languages into English, `restater` those about the catalog into plain words,
    and `further` searches once more for what the model finds no answer to.
    """

    translator: Translator | None = None
    restater: Restater | None = None
    further: FurtherSearch | None = None


class QuestionPipeline:
    """Takes questions through search and answering."""

    def __init__(
        self,
        catalog: CatalogReader,
        parser: QueryParser,
        retriever: Retriever,
        answerer: Answerer,
        follow_ups: FollowUps,
        catalog_answerer: CatalogAnswerer,
        model_steps: ModelSteps | None = None,
    ) -> None:
        self._catalog = catalog
        self._parser = parser
        self._retriever = retriever
        self._answerer = answerer
        self._follow_ups = follow_ups
        self._catalog_answerer = catalog_answerer
        self._model_steps = model_steps or ModelSteps()

    async def events(self, query: Query) -> AsyncGenerator[Event, None]:
        """Statuses, sentences as they are verified, then the answer; closing it early ends the work."""
        reply = small_talk(query.question, (await in_thread(self._catalog.size)).cables)
        if reply is not None:
            talk = Answer(query.question, "extractive", (Sentence(reply, ()),), timings_ms={"total": 0.0}, kind="talk")
            for event in told(talk):
                yield event
            return
        yield Status("searching")
        started = time.perf_counter()
        follow_up = await self._follow_ups.resolve(query)
        direct = await in_thread(direct_answer, follow_up)
        if direct is not None:
            for sentence in direct.sentences:
                yield Stated(sentence)
            if follow_up.resolved.kind != "date":  # when it was may be told in other paragraphs too
                yield Answered(replace(direct, timings_ms={"total": _ms(time.perf_counter() - started)}))
                return
        parsed = await self._parsed(await self._in_english(follow_up.query))
        if direct is None and (answer := await in_thread(self._catalog_answerer.answer, parsed)) is not None:
            for event in told(answer):
                yield event
            return
        found = await in_thread(self._retriever.retrieve, parsed, RETRIEVED)
        ended = time.perf_counter()
        if direct is not None:
            yield Answered(_timed(also_found(direct, found.paragraphs), started, ended, found))
            return
        yield Status("reading", len(found.paragraphs))
        yield Status("writing", len(found.paragraphs))
        query_read = replace(found.query, text=follow_up.resolved.asked or found.query.text)
        async with aclosing(self._answered(query_read, found.paragraphs)) as events:
            async for event in events:
                if isinstance(event, Answered):
                    answer = replace(event.answer, question=found.query.text)
                    yield Answered(_timed(completed(answer, follow_up, found.paragraphs), started, ended, found))
                else:
                    yield event

    async def _answered(
        self, query: ParsedQuery, paragraphs: Sequence[RetrievedParagraph]
    ) -> AsyncGenerator[Event, None]:
        """The events of an answer; of a second one, from what a further search finds, where a model declines."""
        declined: Answer | None = None
        search = self._model_steps.further
        async with aclosing(self._answerer.events(query, paragraphs)) as events:
            async for event in events:
                if isinstance(event, Answered) and search is not None and is_declined_by_model(event.answer):
                    declined = event.answer
                else:
                    yield event
        if declined is None or search is None:
            return
        yield Status("searching")
        further = await search.beyond(query, paragraphs)
        searched = {"again": list(further.queries)}
        if further.paragraphs:
            yield Status("writing", len(further.paragraphs))
            async with aclosing(self._answerer.events(query, further.paragraphs)) as events:
                async for event in events:
                    if not isinstance(event, Answered):
                        yield event
                    elif not event.answer.abstained:
                        declined = event.answer
        yield Answered(replace(declined, searched=declined.searched | searched))

    async def _parsed(self, query: Query) -> ParsedQuery:
        """The question as its words are read, or as a language model puts it where that asks the catalog."""
        parsed = await in_thread(self._parser.parse, query)
        restater = self._model_steps.restater
        if restater is None or parsed.cited.paragraphs:
            return parsed
        plain = await restater.plain(query.question)
        if plain is None:
            return parsed
        restated = await in_thread(self._parser.parse, replace(query, question=plain))
        return restated if restated.catalog_question or restated.cable_question else parsed

    async def _in_english(self, query: Query) -> Query:
        """The question in English where a language model can put it so."""
        translator = self._model_steps.translator
        if translator is None or "language" in query.dismissed:
            return query
        if await in_thread(language_of, query.question) == ENGLISH:
            return query
        return replace(query, question=await translator.into_english(query.question) or query.question)


def _timed(answer: Answer, started: float, ended: float, found: Retrieved) -> Answer:
    """`started` and `ended` are when the search was."""
    spent = {"retrieval": _ms(ended - started), "answer": _ms(time.perf_counter() - ended)}
    share = {"reranking": _ms(found.reranking_seconds)} if found.reranking_seconds else {}  # a part of retrieval
    return replace(answer, timings_ms=spent | share | {"total": round(sum(spent.values()), 1)})


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)


def build_model_steps(settings: Settings, retriever: Retriever, calls: ModelCalls | None) -> ModelSteps:
    """The steps that the model of the settings can take: a small one translates alone."""
    if calls is None:
        return ModelSteps()
    if prompting(settings).small:
        return ModelSteps(Translator(calls))
    return ModelSteps(Translator(calls), Restater(calls), FurtherSearch(retriever, QueryExpander(calls)))
